package dev.altiplano.model.llama;

import java.util.List;

/**
 * The values between weights, for a batch of at most {@code tokensMax} tokens: made once, used in
 * every step. Letters: T tokens, H hidden size, Q query width, K key/value width, F the widest
 * inner width of a feed-forward layer, E experts.
 */
final class Activations {
    final int tokensMax;

    /** The residual stream, [T, H]. */
    final float[] hidden;

    /** What a norm gives, [T, H]. */
    final float[] normed;

    /** [T, Q]; attention writes its result over it. */
    final float[] query;

    final float[] key; // [T, K]
    final float[] value; // [T, K]
    final List<float[]> queryKeyValue;

    /** What attention or a feed-forward layer adds to the residual stream, [T, H]. */
    final float[] update;

    final float[] gate; // [T, F]
    final float[] up; // [T, F]
    final List<float[]> gateAndUp;

    /** [T, headDim/2, (cos, sin)] of the batch's positions. */
    final float[] rotations;

    /**
     * Only for layers with experts: scores [T, E], the rows of one expert and their results [T, H].
     */
    final float[] routerLogits;

    final float[] expertInput;
    final float[] expertOutput;

    Activations(LlamaConfig config, int tokensMax) {
        this.tokensMax = tokensMax;
        int experts = config.experts().map(LlamaConfig.Experts::count).orElse(0);
        int expertWidth = config.experts().map(LlamaConfig.Experts::width).orElse(0);
        int inner = Math.max(config.denseWidth(), expertWidth);
        hidden = rows(config.hiddenSize());
        normed = rows(config.hiddenSize());
        query = rows(config.queryWidth());
        key = rows(config.kvWidth());
        value = rows(config.kvWidth());
        queryKeyValue = List.of(query, key, value);
        update = rows(config.hiddenSize());
        gate = rows(inner);
        up = rows(inner);
        gateAndUp = List.of(gate, up);
        rotations = rows(config.headDim());
        routerLogits = rows(experts);
        expertInput = rows(experts == 0 ? 0 : config.hiddenSize());
        expertOutput = rows(experts == 0 ? 0 : config.hiddenSize());
    }

    private float[] rows(int width) {
        return new float[Math.multiplyExact(tokensMax, width)];
    }
}
