package dev.altiplano.model.convert;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.List;

/** What quantising a model did, tensor by tensor in the order of the file. */
public record QuantizeReport(FileType type, List<TensorReport> tensors) {
    public QuantizeReport {
        tensors = List.copyOf(tensors);
    }

    /**
     * One tensor.
     *
     * @param rmse root of the mean squared difference to the weights of the input
     * @param rms root of the mean squared weight of the input
     * @param note why the format is not the one that the type promises; else empty
     */
    public record TensorReport(
            String name,
            Shape shape,
            TensorFormat from,
            TensorFormat to,
            double rmse,
            double rms,
            String note) {

        /** The error in units of the weights; 0 where nothing changed. */
        public double relativeRmse() {
            return rms > 0 ? rmse / rms : 0;
        }

        public long inputBytes() {
            return from.sizeBytes(shape.elements());
        }

        public long outputBytes() {
            return to.sizeBytes(shape.elements());
        }
    }

    /** Of all tensors, without metadata. */
    public long inputBytes() {
        return tensors.stream().mapToLong(TensorReport::inputBytes).sum();
    }

    /** Of all tensors, without metadata. */
    public long outputBytes() {
        return tensors.stream().mapToLong(TensorReport::outputBytes).sum();
    }

    /** Storage for each weight of the whole model. */
    public double bitsPerWeight() {
        long weights = tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
        return weights == 0 ? 0 : 8.0 * outputBytes() / weights;
    }
}
