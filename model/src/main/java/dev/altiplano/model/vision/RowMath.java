package dev.altiplano.model.vision;

import dev.altiplano.compute.TeamKernels;
import dev.altiplano.model.vision.VisionWeights.Linear;
import dev.altiplano.model.vision.VisionWeights.Norm;

/**
 * What image encoders need beside the kernels of the text model, run by the whole team: layer norm,
 * biases and GELU. Each value depends on its own row alone.
 */
final class RowMath {
    private final TeamKernels team;
    private final float normEpsilon;

    RowMath(TeamKernels team, float normEpsilon) {
        this.team = team;
        this.normEpsilon = normEpsilon;
    }

    /** {@code out = (x - mean) / sqrt(variance + epsilon) ⊙ weight + bias}, both [rows, H]. */
    void layerNorm(float[] x, int rows, Norm norm, float[] out) {
        int width = norm.weight().length;
        team.run(
                rows,
                (long) rows * width,
                (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        normOne(x, row * width, norm, out);
                    }
                });
    }

    private void normOne(float[] x, int index, Norm norm, float[] out) {
        int width = norm.weight().length;
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[index + i];
        }
        double mean = sum / width;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double difference = x[index + i] - mean;
            squares += difference * difference;
        }
        double scale = 1 / Math.sqrt(squares / width + normEpsilon);
        for (int i = 0; i < width; i++) {
            double normed = (x[index + i] - mean) * scale;
            out[index + i] = (float) (normed * norm.weight()[i] + norm.bias()[i]);
        }
    }

    /** {@code out = W·x + bias}, x [rows, inputs], out [rows, outputs]. */
    void linear(Linear layer, float[] x, int rows, float[] out) {
        team.multiply(layer.weights(), x, rows, out);
        int width = layer.bias().length;
        team.run(
                rows,
                (long) rows * width,
                (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        addBias(out, row * width, layer.bias());
                    }
                });
    }

    /** Adds {@code bias} to the row that begins at {@code index}. */
    static void addBias(float[] x, int index, float[] bias) {
        for (int i = 0; i < bias.length; i++) {
            x[index + i] += bias[i];
        }
    }

    /** {@code x = gelu(x)}, x [rows, width]. */
    void gelu(float[] x, int rows, int width) {
        long operations = 8L * rows * width;
        team.run(rows, operations, (from, to, worker) -> Gelu.apply(x, from * width, to * width));
    }
}
