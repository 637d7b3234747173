package dev.altiplano.model.file;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.json.Json;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a safetensors file: first {@link #declare} every tensor, then {@code write} their values
 * in that order, in portions of any size, then {@link #finish}. Only then does the file appear;
 * closed earlier, the writer leaves nothing.
 *
 * <p>Values pass through and are not kept. For one thread. Throws {@link ModelWriteException} where
 * the disk fails and {@link IllegalStateException} where the order above is not kept.
 */
public final class SafetensorsWriter implements AutoCloseable {
    private static final int HEADER_ALIGNMENT = 8;
    private static final int PORTION = 1 << 14;
    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final AtomicFile file;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final List<TensorStream.Declared> tensors = new ArrayList<>();
    private final MemorySegment portion = MemorySegment.ofArray(new byte[PORTION * 4]);
    private long dataBytes;
    private @Nullable TensorStream stream;

    private SafetensorsWriter(AtomicFile file) {
        this.file = file;
    }

    public static SafetensorsWriter create(Path target) {
        return new SafetensorsWriter(AtomicFile.create(target));
    }

    /** Says something of the file as a whole. */
    public void metadata(Map<String, String> entries) {
        requireDeclaring();
        header.put(SafetensorsReader.METADATA, entries);
    }

    /** Adds a tensor whose values are going to be written. */
    public void declare(String name, TensorFormat format, Shape shape) {
        requireDeclaring();
        long end = dataBytes + format.sizeBytes(shape.elements());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", SafetensorsDtype.nameOf(format));
        entry.put("shape", Arrays.stream(shape.toArray()).boxed().toList());
        entry.put("data_offsets", List.of(dataBytes, end));
        if (header.putIfAbsent(name, entry) != null) {
            throw new IllegalArgumentException("tensor '%s' is declared twice".formatted(name));
        }
        tensors.add(new TensorStream.Declared(name, end - dataBytes));
        dataBytes = end;
    }

    private void requireDeclaring() {
        if (stream != null) {
            throw new IllegalStateException("the header of the file is written already");
        }
    }

    /** Writes the next {@code count} values of an F32 tensor, from {@code values[from]} on. */
    public void write(float[] values, int from, int count) {
        for (int done = 0; done < count; done += PORTION) {
            int some = Math.min(PORTION, count - done);
            MemorySegment.copy(values, from + done, portion, F32, 0, some);
            write(portion.asSlice(0, some * 4L));
        }
    }

    /** Writes the next {@code count} values of an I32 tensor, from {@code values[from]} on. */
    public void write(int[] values, int from, int count) {
        for (int done = 0; done < count; done += PORTION) {
            int some = Math.min(PORTION, count - done);
            MemorySegment.copy(values, from + done, portion, I32, 0, some);
            write(portion.asSlice(0, some * 4L));
        }
    }

    /** Writes the next bytes of the tensor that is not complete yet. */
    public void write(MemorySegment bytes) {
        stream().write(bytes);
    }

    /** The file is complete: moves it into its place. */
    public void finish() {
        stream().requireComplete();
        file.commit();
    }

    private TensorStream stream() {
        TensorStream open = stream;
        if (open == null) {
            byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
            int spaces = Math.floorMod(-json.length, HEADER_ALIGNMENT);
            file.writeLong(json.length + spaces);
            file.write(MemorySegment.ofArray(json));
            for (int i = 0; i < spaces; i++) {
                file.writeByte(' ');
            }
            open = new TensorStream(file, tensors, 1);
            stream = open;
        }
        return open;
    }

    @Override
    public void close() {
        file.close();
    }
}
