package dev.altiplano.model.vision;

import dev.altiplano.model.json.JsonAt;
import java.util.HashMap;
import java.util.Map;

/**
 * The image encoder once more, written from the equations of the specification: doubles, one
 * position after the other. It can make a {@link VisionMistake} on purpose, to show that the case
 * would notice.
 */
final class ReferenceVision {
    private final VisionCase oracle;
    private final VisionMistake mistake;
    private final int side;
    private final int patch;
    private final int grid;
    private final int hidden;
    private final int heads;
    private final int headDim;
    private final int blocks;
    private final Map<String, float[]> decoded = new HashMap<>();

    ReferenceVision(VisionCase oracle, VisionMistake mistake) {
        this.oracle = oracle;
        this.mistake = mistake;
        JsonAt vision = JsonAt.root("config.json", oracle.folder.config()).require("vision_config");
        side = vision.require("image_size").integer(1, 1000);
        patch = vision.require("patch_size").integer(1, 1000);
        hidden = vision.require("hidden_size").integer(1, 10000);
        heads = vision.require("num_attention_heads").integer(1, 1000);
        blocks = vision.require("num_hidden_layers").integer(1, 1000);
        grid = side / patch;
        headDim = hidden / heads;
    }

    /** What the adapter gives, [grid / 2 · grid / 2, adapter width]. */
    float[] adapted(float[] tile) {
        double[][] h = embedded(tile);
        for (int p = 0; p < h.length; p++) {
            h[p] = norm(h[p], "layernorm_pre");
        }
        for (int block = 0; block < blocks; block++) {
            block(h, "model.layers." + block + ".");
        }
        int first = mistake == VisionMistake.CLASS_VECTOR_FIRST ? 1 : 0;
        double[][] patches = new double[grid * grid][];
        for (int p = 0; p < patches.length; p++) {
            patches[p] = norm(h[p + first], "layernorm_post");
        }
        return adapt(patches);
    }

    private double[][] embedded(float[] tile) {
        int count = grid * grid;
        int first = mistake == VisionMistake.CLASS_VECTOR_FIRST ? 1 : 0;
        double[][] h = new double[count + 1][];
        for (int p = 0; p < count; p++) {
            double[] pixels = new double[3 * patch * patch];
            for (int i = 0; i < pixels.length; i++) {
                int channel = i / (patch * patch);
                int y = p / grid * patch + i / patch % patch;
                int x = p % grid * patch + i % patch;
                pixels[i] = tile[(channel * side + y) * side + x];
            }
            h[p + first] = multiply("patch_embedding.linear.weight", pixels);
        }
        double[] classVector = new double[hidden];
        h[first == 1 ? 0 : count] = classVector;
        add(classVector, weights("class_embedding"), 0);
        for (int p = 0; p <= count; p++) {
            add(h[p], weights("positional_embedding_vlm"), p * hidden);
        }
        return h;
    }

    private void block(double[][] h, String name) {
        double[][] q = new double[h.length][];
        double[][] k = new double[h.length][];
        double[][] v = new double[h.length][];
        for (int p = 0; p < h.length; p++) {
            double[] x = norm(h[p], name + "input_layernorm");
            q[p] = linear(name + "self_attn.q_proj", x);
            k[p] = linear(name + "self_attn.k_proj", x);
            v[p] = linear(name + "self_attn.v_proj", x);
            rotate(q[p], p);
            rotate(k[p], p);
        }
        for (int p = 0; p < h.length; p++) {
            add(h[p], linear(name + "self_attn.o_proj", attended(q[p], k, v)));
            double[] inner =
                    linear(name + "mlp.fc1", norm(h[p], name + "post_attention_layernorm"));
            gelu(inner);
            add(h[p], linear(name + "mlp.fc2", inner));
        }
    }

    private void rotate(double[] x, int position) {
        boolean isClass = position == grid * grid;
        if (isClass && mistake != VisionMistake.CLASS_VECTOR_ROTATED) {
            return;
        }
        int one = mistake == VisionMistake.POSITIONS_COUNTED_FROM_ZERO ? 0 : 1;
        boolean swapped = mistake == VisionMistake.ROWS_AND_COLUMNS_SWAPPED;
        int column = position % grid + one;
        int row = position / grid + one;
        int pairs = headDim / 2;
        for (int i = 0; i < x.length; i += 2) {
            int pair = i % headDim / 2;
            boolean firstHalf = pair < pairs / 2;
            double omega = Math.pow(10000, -2.0 * (pair % (pairs / 2)) / pairs);
            double angle = (firstHalf != swapped ? column : row) * omega;
            double a = x[i];
            double b = x[i + 1];
            x[i] = a * Math.cos(angle) - b * Math.sin(angle);
            x[i + 1] = a * Math.sin(angle) + b * Math.cos(angle);
        }
    }

    private double[] attended(double[] q, double[][] k, double[][] v) {
        double[] out = new double[hidden];
        for (int head = 0; head < hidden; head += headDim) {
            double total = 0;
            double[] sum = new double[headDim];
            for (int j = 0; j < k.length; j++) {
                double dot = 0;
                for (int i = head; i < head + headDim; i++) {
                    dot += q[i] * k[j][i];
                }
                double weight = Math.exp(dot / Math.sqrt(headDim));
                total += weight;
                for (int i = 0; i < headDim; i++) {
                    sum[i] += weight * v[j][head + i];
                }
            }
            for (int i = 0; i < headDim; i++) {
                out[head + i] = sum[i] / total;
            }
        }
        return out;
    }

    private float[] adapt(double[][] patches) {
        int half = grid / 2;
        float[] out = new float[0];
        for (int n = 0; n < half * half; n++) {
            double[] joined = new double[4 * hidden];
            for (int i = 0; i < 4; i++) {
                int p = (n / half * 2 + i / 2) * grid + n % half * 2 + i % 2;
                System.arraycopy(patches[p], 0, joined, i * hidden, hidden);
            }
            double[] x = multiply("vision_adapter.mlp.fc1.weight", joined);
            gelu(x);
            x = multiply("vision_adapter.mlp.fc2.weight", x);
            if (mistake != VisionMistake.SECOND_GELU_MISSING) {
                gelu(x);
            }
            if (n == 0) {
                out = new float[half * half * x.length];
            }
            for (int i = 0; i < x.length; i++) {
                out[n * x.length + i] = (float) x[i];
            }
        }
        return out;
    }

    /** By the midpoint rule: x · (1/2 + ∫ of the normal density from 0 to x). */
    private static void gelu(double[] x) {
        int steps = 2000;
        for (int i = 0; i < x.length; i++) {
            double width = x[i] / steps;
            double area = 0;
            for (int s = 0; s < steps; s++) {
                double at = (s + 0.5) * width;
                area += Math.exp(-at * at / 2) * width;
            }
            x[i] *= 0.5 + area / Math.sqrt(2 * Math.PI);
        }
    }

    private double[] norm(double[] x, String name) {
        double mean = 0;
        double squares = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        for (double value : x) {
            squares += (value - mean) * (value - mean) / x.length;
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double normed = (x[i] - mean) / Math.sqrt(squares + 1e-5);
            out[i] = normed * weights(name + ".weight")[i] + weights(name + ".bias")[i];
        }
        return out;
    }

    private double[] linear(String name, double[] x) {
        double[] out = multiply(name + ".weight", x);
        add(out, weights(name + ".bias"), 0);
        return out;
    }

    private double[] multiply(String name, double[] x) {
        float[] weight = weights(name);
        double[] out = new double[weight.length / x.length];
        for (int o = 0; o < out.length; o++) {
            for (int i = 0; i < x.length; i++) {
                out[o] += weight[o * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }

    private static void add(double[] x, float[] y, int index) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[index + i];
        }
    }

    private float[] weights(String name) {
        return decoded.computeIfAbsent(
                name, n -> oracle.folder.require("vision_model." + n).decode());
    }
}
