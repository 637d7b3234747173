package dev.altiplano.model.llama;

import dev.altiplano.model.json.JsonAt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Llama 4 once more, written from the equations of the specification without looking at the
 * product: doubles, no cache, no batch, one position after the other. It can make a {@link Mistake}
 * on purpose, to show that the cases would notice.
 */
final class ReferenceLlama {
    private final OracleCase oracle;
    private final Mistake mistake;
    private final JsonAt config;
    private final int hidden;
    private final int heads;
    private final int kvHeads;
    private final int headDim;
    private final int chunk;
    private final double epsilon;
    private final double[] frequencies;
    private final Map<String, float[]> decoded = new HashMap<>();

    ReferenceLlama(OracleCase oracle, Mistake mistake) {
        this.oracle = oracle;
        this.mistake = mistake;
        config = JsonAt.root("config.json", oracle.folder.config());
        hidden = integer("hidden_size");
        heads = integer("num_attention_heads");
        kvHeads = integer("num_key_value_heads");
        headDim = integer("head_dim");
        chunk = integer("attention_chunk_size");
        epsilon = config.require("rms_norm_eps").number();
        frequencies = frequencies();
    }

    private int integer(String key) {
        return config.require(key).integer(0, Integer.MAX_VALUE);
    }

    private double[] frequencies() {
        JsonAt rope = config.require("rope_parameters");
        double theta = rope.require("rope_theta").number();
        boolean scaled =
                rope.require("rope_type").string().equals("llama3")
                        && mistake != Mistake.ROPE_SCALING_IGNORED;
        boolean firstUpload = mistake == Mistake.ROPE_SCALING_OF_THE_FIRST_UPLOAD;
        double[] result = new double[headDim / 2];
        for (int i = 0; i < result.length; i++) {
            double f = Math.pow(theta, -2.0 * i / headDim);
            if (scaled) {
                double factor = firstUpload ? 8 : rope.require("factor").number();
                double low = rope.require("low_freq_factor").number();
                double high = firstUpload ? 4 : rope.require("high_freq_factor").number();
                double original = rope.require("original_max_position_embeddings").number();
                double wave = 2 * Math.PI / f;
                if (wave > original / low) {
                    f /= factor;
                } else if (wave >= original / high) {
                    double s = (original / wave - low) / (high - low);
                    f = f * ((1 - s) / factor + s);
                }
            }
            result[i] = f;
        }
        return result;
    }

    /** Logits [tokens, vocabulary]. */
    float[] logits(int[] ids) {
        double[][] h = new double[ids.length][hidden];
        float[] embedding = weights("model.embed_tokens.weight");
        for (int p = 0; p < ids.length; p++) {
            for (int i = 0; i < hidden; i++) {
                h[p][i] = embedding[ids[p] * hidden + i];
            }
        }
        for (int layer = 0; layer < integer("num_hidden_layers"); layer++) {
            layer(layer, h);
        }
        int vocabulary = integer("vocab_size");
        float[] logits = new float[ids.length * vocabulary];
        for (int p = 0; p < ids.length; p++) {
            double[] out = multiply("lm_head.weight", vocabulary, norm(h[p], "model.norm.weight"));
            for (int i = 0; i < vocabulary; i++) {
                logits[p * vocabulary + i] = (float) out[i];
            }
        }
        return logits;
    }

    private void layer(int layer, double[][] h) {
        String name = "model.layers." + layer + ".";
        int tokens = h.length;
        boolean nope = (layer + 1) % 4 == 0;
        double[][] q = new double[tokens][];
        double[][] k = new double[tokens][];
        double[][] v = new double[tokens][];
        for (int p = 0; p < tokens; p++) {
            double[] x = norm(h[p], name + "input_layernorm.weight");
            q[p] = multiply(name + "self_attn.q_proj.weight", heads * headDim, x);
            k[p] = multiply(name + "self_attn.k_proj.weight", kvHeads * headDim, x);
            v[p] = multiply(name + "self_attn.v_proj.weight", kvHeads * headDim, x);
            place(q[p], p, nope);
            place(k[p], p, nope);
            if (nope) {
                double t = temperature(p);
                for (int i = 0; i < q[p].length; i++) {
                    q[p][i] *= t;
                }
            }
        }
        for (int p = 0; p < tokens; p++) {
            double[] attended = attend(q[p], k, v, p, nope);
            add(h[p], multiply(name + "self_attn.o_proj.weight", hidden, attended));
            add(h[p], experts(name, norm(h[p], name + "post_attention_layernorm.weight")));
        }
    }

    private void place(double[] x, int p, boolean nope) {
        boolean qkNorm = config.require("use_qk_norm").bool();
        for (int head = 0; head < x.length; head += headDim) {
            if (qkNorm && !nope && mistake == Mistake.QK_NORM_BEFORE_ROTATION) {
                qkNorm(x, head);
            }
            if (!nope) {
                rotate(x, head, p);
            }
            boolean after = !nope && mistake != Mistake.QK_NORM_BEFORE_ROTATION;
            if (qkNorm && (after || mistake == Mistake.QK_NORM_ON_NOPE_LAYERS)) {
                qkNorm(x, head);
            }
        }
    }

    private void rotate(double[] x, int head, int p) {
        boolean half = mistake == Mistake.HALF_SPLIT_ROTATION;
        for (int i = 0; i < headDim / 2; i++) {
            int first = half ? head + i : head + 2 * i;
            int second = half ? first + headDim / 2 : first + 1;
            double cos = Math.cos(p * frequencies[i]);
            double sin = Math.sin(p * frequencies[i]);
            double a = x[first];
            double b = x[second];
            x[first] = a * cos - b * sin;
            x[second] = a * sin + b * cos;
        }
    }

    private void qkNorm(double[] x, int head) {
        double squares = 0;
        for (int i = head; i < head + headDim; i++) {
            squares += x[i] * x[i];
        }
        double own = mistake == Mistake.QK_NORM_EPSILON_OF_ITS_OWN ? 1e-6 : epsilon;
        double scale = 1 / Math.sqrt(squares / headDim + own);
        for (int i = head; i < head + headDim; i++) {
            x[i] *= scale;
        }
    }

    private double temperature(int p) {
        if (!config.require("attn_temperature_tuning").bool()
                || mistake == Mistake.TEMPERATURE_MISSING) {
            return 1;
        }
        double position = mistake == Mistake.TEMPERATURE_OF_P_INSTEAD_OF_P_PLUS_1 ? p : p + 1;
        double floor = Math.floor(position / config.require("floor_scale").number());
        return 1 + config.require("attn_scale").number() * Math.log(floor + 1);
    }

    private boolean sees(int query, int key, boolean nope) {
        if (nope) {
            return true;
        }
        return switch (mistake) {
            case SLIDING_WINDOW -> query - key < chunk;
            case SLIDING_WINDOW_OF_ZERO -> query == key;
            case CHUNK_GRID_MOVED_BY_PADDING -> (query + 5) / chunk == (key + 5) / chunk;
            case CHUNK_EVICTED_TOO_EARLY -> // the last quarter of a chunk has lost its beginning
                    query / chunk == key / chunk
                            && !(query % chunk >= 3 * chunk / 4 && key % chunk < chunk / 4);
            default -> query / chunk == key / chunk;
        };
    }

    private double[] attend(double[] q, double[][] k, double[][] v, int p, boolean nope) {
        double[] out = new double[q.length];
        for (int head = 0; head < heads; head++) {
            int kv = head / (heads / kvHeads) * headDim;
            double[] scores = new double[p + 1];
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j <= p; j++) {
                double dot = 0;
                for (int i = 0; i < headDim; i++) {
                    dot += q[head * headDim + i] * k[j][kv + i];
                }
                scores[j] = sees(p, j, nope) ? dot / Math.sqrt(headDim) : Double.NEGATIVE_INFINITY;
                max = Math.max(max, scores[j]);
            }
            double total = 0;
            for (int j = 0; j <= p; j++) {
                scores[j] = Math.exp(scores[j] - max);
                total += scores[j];
            }
            for (int j = 0; j <= p; j++) {
                for (int i = 0; i < headDim; i++) {
                    out[head * headDim + i] += scores[j] / total * v[j][kv + i];
                }
            }
        }
        return out;
    }

    private double[] experts(String layer, double[] x) {
        String name = layer + "feed_forward.";
        int width = integer("intermediate_size");
        double[] gate = multiply(name + "shared_expert.gate_proj.weight", width, x);
        double[] up = multiply(name + "shared_expert.up_proj.weight", width, x);
        double[] inner = siluMultiply(gate, up);
        double[] out = multiply(name + "shared_expert.down_proj.weight", hidden, inner);

        double[] g = multiply(name + "router.weight", integer("num_local_experts"), x);
        int best = 0;
        double all = 0;
        for (int e = 0; e < g.length; e++) {
            best = g[e] > g[best] ? e : best;
            all += Math.exp(g[e]);
        }
        double score =
                mistake == Mistake.SOFTMAX_ROUTER
                        ? Math.exp(g[best]) / all
                        : 1 / (1 + Math.exp(-g[best]));
        boolean onOutput = mistake == Mistake.SCORE_ON_EXPERT_OUTPUT;
        double[] result = expert(name + "experts.", best, scaled(x, onOutput ? 1 : score), width);
        add(out, scaled(result, onOutput ? score : 1));
        return out;
    }

    private double[] expert(String name, int e, double[] x, int width) {
        float[] gateUp = weights(name + "gate_up_proj"); // [experts, hidden, 2 width]
        float[] down = weights(name + "down_proj"); // [experts, width, hidden]
        double[] both = expertProduct(gateUp, e, x, 2 * width);
        double[] gate = Arrays.copyOfRange(both, 0, width);
        double[] up = Arrays.copyOfRange(both, width, 2 * width);
        boolean swapped = mistake == Mistake.GATE_AND_UP_SWAPPED;
        double[] inner = swapped ? siluMultiply(up, gate) : siluMultiply(gate, up);
        return expertProduct(down, e, inner, hidden);
    }

    private double[] expertProduct(float[] weights, int e, double[] x, int outputs) {
        int base = e * x.length * outputs;
        double[] out = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < x.length; i++) {
                boolean transposed = mistake != Mistake.EXPERTS_NOT_TRANSPOSED;
                int at = transposed ? i * outputs + o : o * x.length + i;
                out[o] += x[i] * weights[base + at];
            }
        }
        return out;
    }

    private double[] norm(double[] x, String name) {
        float[] weight = weights(name);
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + epsilon);
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] * scale * weight[i];
        }
        return out;
    }

    private double[] multiply(String name, int outputs, double[] x) {
        float[] weight = weights(name);
        double[] out = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < x.length; i++) {
                out[o] += weight[o * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static double[] siluMultiply(double[] gate, double[] up) {
        double[] out = new double[gate.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
        }
        return out;
    }

    private static double[] scaled(double[] x, double factor) {
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = factor * x[i];
        }
        return out;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }

    private float[] weights(String name) {
        return decoded.computeIfAbsent(name, n -> oracle.folder.require(n).decode());
    }
}
