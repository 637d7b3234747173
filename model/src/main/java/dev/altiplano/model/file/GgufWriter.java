package dev.altiplano.model.file;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a GGUF file of version 3: first {@link #put} and {@link #declare} everything, then {@link
 * #write} the bytes of the tensors in the order they were declared, then {@link #finish}. Only then
 * does the file appear; closed earlier, the writer leaves nothing.
 *
 * <p>Tensor data passes through and is not kept. For one thread. Throws {@link ModelWriteException}
 * where the disk fails and {@link IllegalStateException} where the order above is not kept.
 */
public final class GgufWriter implements AutoCloseable {
    private static final int VERSION = 3;

    private final AtomicFile file;
    private final long alignment;
    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private @Nullable TensorStream stream;

    private record TensorInfo(TensorFormat format, Shape shape, long sizeBytes) {}

    private GgufWriter(AtomicFile file, long alignment) {
        this.file = file;
        this.alignment = alignment;
    }

    /** A writer with the usual alignment of 32 bytes. */
    public static GgufWriter create(Path target) {
        return create(target, GgufReader.ALIGNMENT_DEFAULT);
    }

    /** {@code alignment} in bytes: a power of two that other readers can take, at least 8. */
    public static GgufWriter create(Path target, long alignment) {
        if (alignment < 8 || alignment > 1 << 30 || Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(
                    "expected an alignment that is a power of two from 8, found " + alignment);
        }
        GgufWriter writer = new GgufWriter(AtomicFile.create(target), alignment);
        if (alignment != GgufReader.ALIGNMENT_DEFAULT) {
            writer.metadata.put("general.alignment", GgufValue.uint32(alignment));
        }
        return writer;
    }

    /**
     * Adds an entry of metadata, or replaces it in its place. The alignment is the writer's own and
     * is left out, so that another file's entries can be copied one by one.
     */
    public void put(String key, GgufValue value) {
        requireDeclaring();
        if (!key.equals("general.alignment")) {
            metadata.put(key, value);
        }
    }

    /** Adds a tensor whose bytes are going to be written. */
    public void declare(String name, TensorFormat format, Shape shape) {
        requireDeclaring();
        if (format.ggmlId().isEmpty()) {
            throw new IllegalArgumentException("GGUF files cannot hold " + format);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length >= GgufReader.TENSOR_NAME_BYTES_MAX
                || shape.rank() > GgufReader.DIMENSIONS_MAX
                || shape.columns() % format.blockWeights() != 0) {
            throw new IllegalArgumentException(
                    "expected a name below %d bytes, at most %d dimensions and columns in whole blocks, found '%s', %s of %s"
                            .formatted(
                                    GgufReader.TENSOR_NAME_BYTES_MAX,
                                    GgufReader.DIMENSIONS_MAX,
                                    name,
                                    shape,
                                    format));
        }
        TensorInfo info = new TensorInfo(format, shape, format.sizeBytes(shape.elements()));
        if (tensors.putIfAbsent(name, info) != null) {
            throw new IllegalArgumentException("tensor '%s' is declared twice".formatted(name));
        }
    }

    private void requireDeclaring() {
        if (stream != null) {
            throw new IllegalStateException("the head of the file is written already");
        }
    }

    /** The size of all declared tensors, for progress. */
    public long tensorBytes() {
        return tensors.values().stream().mapToLong(TensorInfo::sizeBytes).sum();
    }

    /**
     * Writes the next bytes of the tensor that is not complete yet. Reads them before it returns.
     */
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
            writeHead();
            open =
                    new TensorStream(
                            file,
                            tensors.entrySet().stream()
                                    .map(
                                            entry ->
                                                    new TensorStream.Declared(
                                                            entry.getKey(),
                                                            entry.getValue().sizeBytes()))
                                    .toList(),
                            alignment);
            stream = open;
        }
        return open;
    }

    private void writeHead() {
        file.writeInt(GgufReader.MAGIC);
        file.writeInt(VERSION);
        file.writeLong(tensors.size());
        file.writeLong(metadata.size());
        GgufEncoder encoder = new GgufEncoder(file);
        for (Map.Entry<String, GgufValue> entry : metadata.entrySet()) {
            file.writeString(entry.getKey());
            file.writeInt(entry.getValue().type().id());
            encoder.write(entry.getValue());
        }
        long offset = 0;
        for (Map.Entry<String, TensorInfo> entry : tensors.entrySet()) {
            writeInfo(entry.getKey(), entry.getValue(), offset);
            offset = Math.ceilDiv(offset + entry.getValue().sizeBytes, alignment) * alignment;
        }
    }

    private void writeInfo(String name, TensorInfo info, long offset) {
        file.writeString(name);
        List<Long> dimensions = new ArrayList<>();
        for (long dimension : info.shape.toArray()) {
            dimensions.addFirst(dimension);
        }
        file.writeInt(dimensions.size());
        dimensions.forEach(file::writeLong);
        file.writeInt(info.format.ggmlId().orElseThrow());
        file.writeLong(offset);
    }

    @Override
    public void close() {
        file.close();
    }
}
