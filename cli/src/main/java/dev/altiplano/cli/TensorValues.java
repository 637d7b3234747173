package dev.altiplano.cli;

import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.ArrayList;
import java.util.List;

/** The decoded values of a tensor, in portions, so that no tensor is too large for the heap. */
final class TensorValues {
    private static final int PORTION = 1 << 16;

    private TensorValues() {}

    /** Takes a portion: the first {@code count} of {@code values}. */
    interface Sink {
        void accept(float[] values, int count);
    }

    /** Decodes all of {@code tensor}, in the order of its rows. */
    static void decode(Tensor tensor, Sink sink) {
        TensorFormat format = tensor.format();
        // A multiple of every block size, none of which has more than 256 weights.
        float[] values = new float[PORTION];
        long elements = tensor.shape().elements();
        for (long done = 0; done < elements; done += PORTION) {
            int count = (int) Math.min(PORTION, elements - done);
            format.decoder().decode(tensor.bytes(), format.sizeBytes(done), values, 0, count);
            sink.accept(values, count);
        }
    }

    /** What can be said of the values of a tensor in one line; of no values, zeros. */
    record Figures(
            double min, double max, double mean, double rms, long notFinite, List<Float> first) {
        private static final int FIRST = 8;

        static Figures of(Tensor tensor) {
            Accumulator all = new Accumulator();
            decode(tensor, all::add);
            return all.figures();
        }
    }

    private static final class Accumulator {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double sum;
        private double squares;
        private long finite;
        private long notFinite;
        private final List<Float> first = new ArrayList<>();

        void add(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                float value = values[i];
                if (first.size() < Figures.FIRST) {
                    first.add(value);
                }
                if (Float.isFinite(value)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                    sum += value;
                    squares += (double) value * value;
                    finite++;
                } else {
                    notFinite++;
                }
            }
        }

        Figures figures() {
            return finite == 0
                    ? new Figures(0, 0, 0, 0, notFinite, first)
                    : new Figures(
                            min, max, sum / finite, Math.sqrt(squares / finite), notFinite, first);
        }
    }
}
