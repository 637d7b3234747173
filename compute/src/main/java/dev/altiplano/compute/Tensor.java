package dev.altiplano.compute;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * Read-only weights where they lie in a mapped file. A row is a run of {@code shape.columns()}
 * weights in whole blocks of {@code format}; rows follow each other without gaps.
 *
 * <p>Borrows {@code bytes}: whoever mapped the file closes it. Immutable, safe for many threads.
 */
public record Tensor(
        TensorLocation location, TensorFormat format, Shape shape, MemorySegment bytes) {

    /**
     * Throws {@link ModelFormatException} if the columns are not whole blocks or the bytes do not
     * fill the shape exactly.
     */
    public Tensor {
        Objects.requireNonNull(location);
        if (shape.columns() % format.blockWeights() != 0) {
            throw new ModelFormatException(
                    "%s: %s needs columns in steps of %d, found %s. Convert the model again."
                            .formatted(location, format, format.blockWeights(), shape));
        }
        long blocks = shape.elements() / format.blockWeights();
        if (blocks > Long.MAX_VALUE / format.blockBytes()
                || blocks * format.blockBytes() != bytes.byteSize()) {
            throw new ModelFormatException(
                    "%s: %s %s needs %d blocks of %d bytes, found %d bytes. Download the file again."
                            .formatted(
                                    location,
                                    format,
                                    shape,
                                    blocks,
                                    format.blockBytes(),
                                    bytes.byteSize()));
        }
        bytes = bytes.asReadOnly();
    }

    public String name() {
        return location.tensorName();
    }

    public long rowBytes() {
        return format.sizeBytes(shape.columns());
    }

    /** Writes the weights of {@code row} to {@code target} from {@code targetIndex} on. */
    public void decodeRow(long row, float[] target, int targetIndex) {
        Objects.checkIndex(row, shape.rows());
        format.decoder()
                .decode(
                        bytes,
                        row * rowBytes(),
                        target,
                        targetIndex,
                        Math.toIntExact(shape.columns()));
    }

    /** All weights in row order; for tensors that fit a Java array. */
    public float[] decode() {
        float[] values = new float[Math.toIntExact(shape.elements())];
        if (values.length == 0) {
            return values; // no rows, whose columns may then be too many for an array
        }
        int columns = Math.toIntExact(shape.columns());
        for (long row = 0; row < shape.rows(); row++) {
            decodeRow(row, values, Math.toIntExact(row * columns));
        }
        return values;
    }

    /**
     * The part {@code index} of the outermost dimension, such as one expert of [experts, rows,
     * columns].
     */
    public Tensor slice(long index) {
        Objects.checkIndex(index, shape.dimension(0));
        long[] dimensions = shape.toArray();
        Shape inner = Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
        long sliceBytes = format.sizeBytes(inner.elements());
        TensorLocation at =
                new TensorLocation(
                        location.file(),
                        location.tensorName(),
                        location.offsetBytes() + index * sliceBytes);
        return new Tensor(at, format, inner, bytes.asSlice(index * sliceBytes, sliceBytes));
    }
}
