package dev.altiplano.model.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.TensorLocation;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the header of one safetensors file. */
final class SafetensorsReader {
    /** The limit of the format itself. */
    static final long HEADER_BYTES_MAX = 100_000_000;

    static final String METADATA = "__metadata__";

    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final MappedFile file;

    /** What one file holds; {@code tensors} in the order of their data. */
    record Header(Map<String, String> metadata, List<Tensor> tensors) {}

    private record TensorInfo(
            String name, TensorFormat format, Shape shape, long begin, long end) {}

    private SafetensorsReader(MappedFile file) {
        this.file = file;
    }

    static Header read(MappedFile file) {
        return file.reading(() -> new SafetensorsReader(file).read());
    }

    private Header read() {
        long headerBytes = readHeaderLength();
        JsonAt header = JsonAt.root(file.name(), parseHeader(headerBytes));
        long dataStart = Long.BYTES + headerBytes;
        List<TensorInfo> infos = readInfos(header, file.sizeBytes() - dataStart);
        infos.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        refuseHolesAndOverlaps(infos, file.sizeBytes() - dataStart);
        List<Tensor> tensors = infos.stream().map(info -> tensor(info, dataStart)).toList();
        return new Header(readMetadata(header), tensors);
    }

    private long readHeaderLength() {
        long fileBytes = file.sizeBytes();
        if (fileBytes < Long.BYTES) {
            throw failure(0, "8 bytes of header length", fileBytes + " bytes");
        }
        long length = file.bytes().get(U64, 0);
        long max = Math.min(HEADER_BYTES_MAX, fileBytes - Long.BYTES);
        if (length < 2 || length > max) {
            throw failure(
                    0,
                    "a header length from 2 to %d".formatted(max),
                    Long.toUnsignedString(length));
        }
        return length;
    }

    /** Parses a copy: the header may not change under the parser. */
    private Json parseHeader(long headerBytes) {
        MemorySegment header = Arena.ofAuto().allocate(headerBytes);
        MemorySegment.copy(file.bytes(), Long.BYTES, header, 0, headerBytes);
        return Json.parse(file.name() + ", header", header);
    }

    private List<TensorInfo> readInfos(JsonAt header, long dataBytes) {
        TensorTable.requireCount(file.name(), header.object().members().size());
        List<TensorInfo> infos = new ArrayList<>();
        for (String name : header.object().members().keySet()) {
            if (!name.equals(METADATA)) {
                infos.add(readInfo(name, header.require(name), dataBytes));
            }
        }
        return infos;
    }

    private TensorInfo readInfo(String name, JsonAt entry, long dataBytes) {
        JsonAt dtype = entry.require("dtype");
        TensorFormat format =
                SafetensorsDtype.formatOf(dtype.string())
                        .orElseThrow(() -> dtype.expected("one of " + SafetensorsDtype.names()));
        Shape shape = readShape(entry.require("shape"));
        JsonAt offsets = entry.require("data_offsets");
        if (offsets.items().size() != 2) {
            throw offsets.expected("[begin, end]");
        }
        long begin = offsets.items().get(0).integer(0, dataBytes);
        long end = offsets.items().get(1).integer(begin, dataBytes);
        long elements = shape.elements();
        if (elements > Long.MAX_VALUE / format.blockBytes()
                || elements * format.blockBytes() != end - begin) {
            throw offsets.expected(
                    "begin and end %s bytes apart for %s %s, not %d"
                            .formatted(
                                    Math.multiplyHigh(elements, format.blockBytes()) == 0
                                            ? Long.toString(elements * format.blockBytes())
                                            : "2^63 or more",
                                    format,
                                    shape,
                                    end - begin));
        }
        return new TensorInfo(name, format, shape, begin, end);
    }

    private static Shape readShape(JsonAt shape) {
        List<JsonAt> items = shape.items();
        if (items.size() > Shape.RANK_MAX) {
            throw shape.expected("at most %d dimensions".formatted(Shape.RANK_MAX));
        }
        long[] dimensions = new long[items.size()];
        long elements = 1;
        for (int i = 0; i < dimensions.length; i++) {
            long dimension = items.get(i).integer(0, Long.MAX_VALUE);
            if (dimension > 0 && elements > Long.MAX_VALUE / dimension) {
                throw items.get(i).expected("fewer than 2^63 elements");
            }
            elements *= Math.max(1, dimension);
            dimensions[i] = dimension;
        }
        return Shape.of(dimensions);
    }

    private void refuseHolesAndOverlaps(List<TensorInfo> infos, long dataBytes) {
        long end = 0;
        String before = "the header";
        for (TensorInfo info : infos) {
            if (info.begin != end) {
                throw failure(
                        Long.BYTES,
                        "'%s' to begin where %s ends, at %d of the data"
                                .formatted(info.name, before, end),
                        Long.toString(info.begin));
            }
            end = info.end;
            before = "'" + info.name + "'";
        }
        if (end != dataBytes) {
            throw failure(
                    Long.BYTES + end,
                    "the file to end where " + before + " ends",
                    dataBytes - end + " more bytes");
        }
    }

    private Tensor tensor(TensorInfo info, long dataStart) {
        long start = dataStart + info.begin;
        return new Tensor(
                new TensorLocation(file.path(), info.name, start),
                info.format,
                info.shape,
                file.bytes().asSlice(start, info.end - info.begin));
    }

    private static Map<String, String> readMetadata(JsonAt header) {
        Map<String, String> metadata = new LinkedHashMap<>();
        header.find(METADATA)
                .ifPresent(
                        entries -> {
                            for (String key : entries.object().members().keySet()) {
                                metadata.put(key, entries.require(key).string());
                            }
                        });
        return metadata;
    }

    private ModelFormatException failure(long offset, String expected, String found) {
        return GgufCursor.failure(file, offset, expected, found);
    }
}
