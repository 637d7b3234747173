package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * Which keys a query sees. {@code chunkTokens} 0 means that every layer sees the whole sequence;
 * else every {@code fullEvery}-th layer does and the others see their own chunk (Llama 4: 8,192 and
 * 4). {@code fullEvery} 0 means that no layer does.
 */
public record AttentionPattern(int chunkTokens, int fullEvery) {
    public static final AttentionPattern FULL = new AttentionPattern(0, 1);

    public AttentionPattern {
        Checks.range("attention chunk", chunkTokens, 0, Integer.MAX_VALUE);
        Checks.range("full attention every", fullEvery, 0, 10_000);
    }

    /** How many of {@code layers} layers are limited to a chunk. */
    public int chunkedLayers(int layers) {
        if (chunkTokens == 0) {
            return 0;
        }
        return fullEvery == 0 ? layers : layers - layers / fullEvery;
    }

    /** Mean keys per query of a chunked layer: all of the chunk, or those before the query. */
    public double chunkedKeys(double sequenceTokens, boolean causal) {
        double whole = Math.floor(sequenceTokens / chunkTokens);
        double rest = sequenceTokens - whole * chunkTokens;
        double pairs = whole * chunkTokens * chunkTokens + rest * rest;
        return pairs / sequenceTokens / (causal ? 2 : 1);
    }

    /** Mean keys per query of a layer with a sliding window of {@code windowTokens}. */
    public static double windowKeys(double windowTokens, double sequenceTokens, boolean causal) {
        double window = Math.min(windowTokens, sequenceTokens);
        return causal ? window - window * (window - 1) / (2 * sequenceTokens) : window;
    }

    /** Sum over {@code layers} layers of the mean keys per query. */
    public double keysOfAllLayers(int layers, double sequenceTokens, boolean causal) {
        int chunked = chunkedLayers(layers);
        double full = (layers - chunked) * sequenceTokens / (causal ? 2 : 1);
        return chunked == 0 ? full : full + chunked * chunkedKeys(sequenceTokens, causal);
    }
}
