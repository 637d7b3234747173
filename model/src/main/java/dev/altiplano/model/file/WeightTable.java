package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;

/** Finds tensors by name and checks what they are before anything computes with them. */
public final class WeightTable {
    private final ModelFile file;
    private final String prefix;

    /** Every name that is asked for begins with {@code prefix} in the file. */
    public WeightTable(ModelFile file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    public boolean has(String name) {
        return file.find(prefix + name).isPresent();
    }

    /**
     * The tensor, whose shape must be {@code dimensions}. Throws {@link ModelFormatException} if it
     * is missing or another.
     */
    public Tensor tensor(String name, long... dimensions) {
        Tensor tensor = file.require(prefix + name);
        Shape expected = Shape.of(dimensions);
        if (!tensor.shape().equals(expected)) {
            throw new ModelFormatException(
                    "%s: expected shape %s, found %s. The file and its configuration do not belong"
                                    .formatted(tensor.location(), expected, tensor.shape())
                            + " together: convert or download the model again.");
        }
        requireNumbers(tensor);
        return tensor;
    }

    /** Integers without a scale are indices or foreign quantisations, not weights. */
    private static void requireNumbers(Tensor tensor) {
        switch (tensor.format()) {
            case I8, I16, I32, I64, U8, BOOL ->
                    throw new ModelFormatException(
                            "%s: expected floats or a block format, found %s. Convert the model again."
                                    .formatted(tensor.location(), tensor.format()));
            default -> {}
        }
    }

    /** The matrix as what it does; the tensor has the shape [outputs, inputs]. */
    public Projection projection(String name, int outputs, int inputs) {
        return Projection.of(tensor(name, outputs, inputs));
    }

    /** A small tensor, copied to the heap as f32. */
    public float[] vector(String name, int length) {
        return tensor(name, length).decode();
    }

    /** Refuses the model if it has this tensor, which our equations would leave out. */
    public void requireNone(String name) {
        file.find(prefix + name)
                .ifPresent(
                        tensor -> {
                            throw new ModelFormatException(
                                    "%s: expected a model without biases, found this one. Such models"
                                                    .formatted(tensor.location())
                                            + " are not supported.");
                        });
    }
}
