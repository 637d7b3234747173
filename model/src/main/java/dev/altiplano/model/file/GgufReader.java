package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.TensorLocation;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the head of one GGUF file: after it, everything in the file can be believed. */
final class GgufReader {
    /** The letters GGUF. */
    static final int MAGIC = 0x46554747;

    static final long ALIGNMENT_DEFAULT = 32;
    static final int DIMENSIONS_MAX = 4;
    static final int TENSOR_NAME_BYTES_MAX = 64;

    private static final int KEYS_MAX = 1 << 16;
    private static final int KEY_BYTES_MAX = 65_535;
    private static final long ALL_KEYS_BYTES_MAX = 8L << 20;
    private static final long STRING_BYTES_MAX = 16L << 20;

    /** Four times the largest vocabulary's list of merges. */
    private static final int ELEMENTS_MAX = 1 << 21;

    private static final int ARRAY_DEPTH_MAX = 8;

    /** A key of no letters, a type and one byte. */
    private static final int ENTRY_BYTES_MIN = 8 + 4 + 1;

    /** A name of no letters, no dimension, a format and an offset. */
    private static final int TENSOR_BYTES_MIN = 8 + 4 + 4 + 8;

    private final MappedFile file;
    private final GgufCursor cursor;

    /** What one file holds; {@code tensors} in the order of the file. */
    record Head(int version, long alignment, GgufMetadata metadata, List<Tensor> tensors) {}

    /** A tensor whose bytes have not been found yet. */
    private record TensorInfo(
            String name, TensorFormat format, Shape shape, long sizeBytes, long offset, long at) {}

    private GgufReader(MappedFile file) {
        this.file = file;
        this.cursor = new GgufCursor(file);
    }

    static Head read(MappedFile file) {
        return file.reading(() -> new GgufReader(file).read());
    }

    private Head read() {
        int version = readVersion();
        long tensorCount =
                cursor.count("a number of tensors", TENSOR_BYTES_MIN, TensorTable.TENSORS_MAX);
        long entryCount = cursor.count("a number of metadata keys", ENTRY_BYTES_MIN, KEYS_MAX);
        GgufMetadata metadata = new GgufMetadata(new GgufDecoder(file), readEntries(entryCount));
        long alignment = alignment(metadata);
        List<TensorInfo> infos = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            infos.add(readInfo());
        }
        long dataStart = Math.ceilDiv(cursor.at(), alignment) * alignment;
        for (TensorInfo info : infos) {
            checkPlace(info, alignment, dataStart);
        }
        refuseOverlaps(infos, dataStart);
        List<Tensor> tensors =
                infos.stream().map(info -> tensor(info, dataStart + info.offset)).toList();
        return new Head(version, alignment, metadata, tensors);
    }

    private int readVersion() {
        int magic = cursor.u32("magic");
        if (magic != MAGIC) {
            throw new ModelFormatException(
                    "%s, byte 0: expected the letters GGUF, found the bytes %08x. Is this a GGUF file?"
                            .formatted(file.name(), Integer.reverseBytes(magic)));
        }
        int version = cursor.u32("version");
        if (version != 0 && (version & 0xFFFF) == 0) {
            throw new ModelFormatException(
                    "%s, byte 4: expected little-endian data, found big-endian data of version %d. Convert it with gguf_convert_endian.py of llama.cpp."
                            .formatted(file.name(), Integer.reverseBytes(version)));
        }
        if (version != 2 && version != 3) {
            throw new ModelFormatException(
                    "%s, byte 4: expected GGUF version 2 or 3, found %s. Convert the model again with a current tool."
                            .formatted(file.name(), Integer.toUnsignedString(version)));
        }
        return version;
    }

    private Map<String, GgufMetadata.Entry> readEntries(long count) {
        Map<String, GgufMetadata.Entry> entries = new LinkedHashMap<>();
        long keyBytes = 0;
        for (long i = 0; i < count; i++) {
            long start = cursor.at();
            String key = cursor.string("a metadata key", KEY_BYTES_MAX);
            keyBytes += cursor.at() - start;
            if (keyBytes > ALL_KEYS_BYTES_MAX) {
                throw cursor.failure(
                        start,
                        "keys of at most %d bytes in all".formatted(ALL_KEYS_BYTES_MAX),
                        "more");
            }
            GgufType type = readType();
            GgufMetadata.Entry entry = new GgufMetadata.Entry(type, cursor.at());
            skipValue(type, "key '" + key + "'");
            if (entries.put(key, entry) != null) {
                throw cursor.failure(start, "each key once", "'%s' again".formatted(key));
            }
        }
        return entries;
    }

    private GgufType readType() {
        long start = cursor.at();
        int id = cursor.u32("a value type");
        return GgufType.of(id)
                .orElseThrow(
                        () ->
                                cursor.failure(
                                        start,
                                        "a value type from 0 to 12",
                                        Integer.toUnsignedString(id)));
    }

    private void skipValue(GgufType type, String what) {
        switch (type) {
            case STRING -> cursor.skipString("a string in " + what, STRING_BYTES_MAX);
            case ARRAY -> skipArray(what, 0);
            default -> cursor.skip(type.sizeBytes(), what);
        }
    }

    private void skipArray(String what, int depth) {
        if (depth == ARRAY_DEPTH_MAX) {
            throw cursor.failure(
                    cursor.at(), "at most %d arrays in each other".formatted(depth), "more");
        }
        GgufType type = readType();
        long count =
                cursor.count("a number of elements in " + what, type.sizeBytesMin(), ELEMENTS_MAX);
        if (type.hasFixedSize()) {
            cursor.skip(count * type.sizeBytes(), what);
        } else if (type == GgufType.STRING) {
            cursor.skipStrings(count, "a string in " + what, STRING_BYTES_MAX);
        } else {
            for (long i = 0; i < count; i++) {
                skipArray(what, depth + 1);
            }
        }
    }

    private long alignment(GgufMetadata metadata) {
        long alignment = metadata.integer("general.alignment").orElse(ALIGNMENT_DEFAULT);
        if (alignment < 1 || alignment > Integer.MAX_VALUE) {
            throw new ModelFormatException(
                    "%s, key 'general.alignment': expected 1 to %d, found %d. Convert or download the model again."
                            .formatted(file.name(), Integer.MAX_VALUE, alignment));
        }
        return alignment;
    }

    private TensorInfo readInfo() {
        long start = cursor.at();
        String name = cursor.string("a tensor name", TENSOR_NAME_BYTES_MAX);
        Shape shape = readShape(name);
        TensorFormat format = readFormat(name);
        if (shape.columns() % format.blockWeights() != 0) {
            throw cursor.failure(
                    start,
                    "columns of '%s' in steps of %d for %s"
                            .formatted(name, format.blockWeights(), format),
                    shape.toString());
        }
        long blocks = shape.elements() / format.blockWeights();
        if (blocks > Long.MAX_VALUE / format.blockBytes()) {
            throw cursor.failure(start, "a size of '%s' below 2^63".formatted(name), "more");
        }
        long offset = cursor.u64("an offset");
        return new TensorInfo(name, format, shape, blocks * format.blockBytes(), offset, start);
    }

    private Shape readShape(String name) {
        long start = cursor.at();
        int rank = cursor.u32("a number of dimensions");
        if (rank < 0 || rank > DIMENSIONS_MAX) {
            throw cursor.failure(
                    start,
                    "at most %d dimensions of '%s'".formatted(DIMENSIONS_MAX, name),
                    Integer.toUnsignedString(rank));
        }
        long[] dimensions = new long[rank];
        long elements = 1;
        for (int i = rank - 1; i >= 0; i--) {
            long at = cursor.at();
            long dimension = cursor.u64("a dimension");
            if (dimension < 0 || (dimension > 0 && elements > Long.MAX_VALUE / dimension)) {
                throw cursor.failure(
                        at,
                        "fewer than 2^63 elements of '%s'".formatted(name),
                        "a dimension of " + Long.toUnsignedString(dimension));
            }
            elements *= Math.max(1, dimension); // a 0 hides no overflow, wherever it stands
            dimensions[i] = dimension;
        }
        return Shape.of(dimensions);
    }

    private TensorFormat readFormat(String name) {
        long start = cursor.at();
        int id = cursor.u32("a tensor format");
        return TensorFormat.ofGgmlId(id)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s, byte %d: expected a format of '%s' such as F16, Q8_0 or Q4_K, found the unknown number %s. Convert the model to one of these."
                                                .formatted(
                                                        file.name(),
                                                        start,
                                                        name,
                                                        Integer.toUnsignedString(id))));
    }

    private void checkPlace(TensorInfo info, long alignment, long dataStart) {
        long room = file.sizeBytes() - dataStart;
        if (info.offset < 0 || info.offset % alignment != 0) {
            throw cursor.failure(
                    info.at,
                    "an offset of '%s' in steps of %d".formatted(info.name, alignment),
                    Long.toUnsignedString(info.offset));
        }
        boolean empty = info.sizeBytes == 0;
        if (!empty && (info.offset > room || info.sizeBytes > room - info.offset)) {
            throw cursor.failure(
                    info.at,
                    "'%s' with %d bytes at %d of the data to lie in the file"
                            .formatted(info.name, info.sizeBytes, info.offset),
                    Math.max(0, room) + " bytes of data");
        }
    }

    private void refuseOverlaps(List<TensorInfo> infos, long dataStart) {
        List<TensorInfo> inOrder =
                infos.stream()
                        .filter(info -> info.sizeBytes > 0)
                        .sorted(Comparator.comparingLong(TensorInfo::offset))
                        .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            TensorInfo before = inOrder.get(i - 1);
            TensorInfo after = inOrder.get(i);
            if (after.offset - before.offset < before.sizeBytes) {
                throw cursor.failure(
                        after.at,
                        "'%s' to begin after the end of '%s' at byte %d"
                                .formatted(
                                        after.name,
                                        before.name,
                                        dataStart + before.offset + before.sizeBytes),
                        "byte %d".formatted(dataStart + after.offset));
            }
        }
    }

    private Tensor tensor(TensorInfo info, long at) {
        long start = info.sizeBytes == 0 ? 0 : at;
        return new Tensor(
                new TensorLocation(file.path(), info.name, at),
                info.format,
                info.shape,
                file.bytes().asSlice(start, info.sizeBytes));
    }
}
