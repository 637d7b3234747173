package dev.altiplano.compute.quant;

/**
 * How much the error of a weight matters: {@code rms + |weight|}, with the root mean square of its
 * group. Large weights matter more, because they are multiplied by the same activations. Source:
 * ggml, {@code quantize_row_q4_K_ref}.
 */
final class Importance {
    private Importance() {}

    /** Writes the importance of each of {@code weights} to {@code target}. */
    static void weigh(float[] weights, float[] target) {
        double squares = 0;
        for (float weight : weights) {
            squares += (double) weight * weight;
        }
        float rms = (float) Math.sqrt(squares / weights.length);
        for (int i = 0; i < weights.length; i++) {
            target[i] = rms + Math.abs(weights[i]);
        }
    }
}
