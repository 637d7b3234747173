package dev.altiplano.compute;

import java.util.Objects;

/**
 * A weight matrix seen as what it does: {@code out = W · x}, from {@link #inputs} values to {@link
 * #outputs} values. It may be a part of a larger tensor, such as the gate half of fused weights.
 *
 * @param weights [outputs, inputs] or, input-major, [inputs, outputs]
 * @param firstOutput the tensor's output that is output 0 here
 */
public record Projection(Tensor weights, Layout layout, int firstOutput, int outputs) {
    /** Which dimension of the tensor is contiguous. */
    public enum Layout {
        /** [outputs, inputs]: how nearly every weight is stored. */
        OUTPUT_MAJOR,
        /**
         * [inputs, outputs]: the experts of Llama 4 in safetensors. Formats without blocks only.
         */
        INPUT_MAJOR
    }

    /**
     * Throws {@link ModelFormatException} if the tensor is no matrix or cannot be read this way.
     */
    public Projection {
        Shape shape = weights.shape();
        if (shape.rank() != 2 || shape.rows() > Integer.MAX_VALUE) {
            throw new ModelFormatException(
                    "%s: expected a matrix, found shape %s. Convert the model again."
                            .formatted(weights.location(), shape));
        }
        if (layout == Layout.INPUT_MAJOR && weights.format().blockWeights() != 1) {
            throw new ModelFormatException(
                    "%s: an input-major matrix needs F32, F16 or BF16, found %s. Convert the model."
                            .formatted(weights.location(), weights.format()));
        }
        long all = layout == Layout.OUTPUT_MAJOR ? shape.rows() : shape.columns();
        Objects.checkFromIndexSize(firstOutput, outputs, all);
    }

    /** All of {@code weights}, shape [outputs, inputs]. */
    public static Projection of(Tensor weights) {
        return new Projection(
                weights, Layout.OUTPUT_MAJOR, 0, Math.toIntExact(weights.shape().rows()));
    }

    /** The outputs {@code first} to {@code first + count - 1} of this one. */
    public Projection part(int first, int count) {
        Objects.checkFromIndexSize(first, count, outputs);
        return new Projection(weights, layout, firstOutput + first, count);
    }

    public int inputs() {
        Shape shape = weights.shape();
        return Math.toIntExact(layout == Layout.OUTPUT_MAJOR ? shape.columns() : shape.rows());
    }

    /** Writes the {@link #inputs} weights of {@code output} to the start of {@code target}. */
    public void decodeOutput(int output, float[] target) {
        Objects.checkIndex(output, outputs);
        switch (layout) {
            case OUTPUT_MAJOR -> weights.decodeRow(firstOutput + output, target, 0);
            case INPUT_MAJOR -> {
                long step = weights.rowBytes();
                long offset = weights.format().sizeBytes(firstOutput + output);
                for (int input = 0; input < inputs(); input++, offset += step) {
                    weights.format().decoder().decode(weights.bytes(), offset, target, input, 1);
                }
            }
        }
    }
}
