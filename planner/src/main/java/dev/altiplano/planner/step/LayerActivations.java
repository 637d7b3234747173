package dev.altiplano.planner.step;

/** Bytes that one token keeps in one layer for the backward pass (section 6). */
public final class LayerActivations {
    private LayerActivations() {}

    /** GPT layer, nothing shared: {@code d (34 + 5 h s / d)}. */
    public static double gpt(double hidden, double heads, double sequenceTokens) {
        return 34 * hidden + 5 * heads * sequenceTokens;
    }

    /** GPT layer, tensor parallel without sequence parallelism: {@code d (10 + 24/t + 5hs/dt)}. */
    public static double gptTensorParallel(
            double hidden, double heads, double sequenceTokens, double tp) {
        return 10 * hidden + (24 * hidden + 5 * heads * sequenceTokens) / tp;
    }

    /** GPT layer with sequence parallelism, attention scores recomputed: {@code 34 d / t}. */
    public static double gptSelective(double hidden, double tp) {
        return 34 * hidden / tp;
    }

    /** Only the layer's input: {@code 2 d / t}. */
    public static double full(double hidden, double tp) {
        return 2 * hidden / tp;
    }

    /**
     * Mean layer of any model with sequence parallelism. A gated FFN takes the form that the
     * training spec names, another one the GPT form; an unfused attention also keeps its scores.
     */
    public static double mean(
            ModelShape model, TrainingSpec training, int tp, Recompute recompute) {
        if (recompute == Recompute.FULL) {
            return full(model.hidden(), tp);
        }
        boolean keepsScores = !training.flashAttention() && recompute == Recompute.NONE;
        double scores = keepsScores ? 5.0 * model.heads() * training.sequenceTokens() : 0;
        double kvHeads = Math.max(model.kvHeads(), tp);
        double layer =
                model.ffnMatrices() == 3
                        ? training.activations()
                                .bytesPerToken(
                                        model.hidden(),
                                        kvHeads * model.headDim(),
                                        ffnRows(model, training))
                        : 34.0 * model.hidden();
        return (layer + scores) / tp;
    }

    /**
     * Width of the FFN rows that a token has in a mean layer: {@code K + S} experts in place of f.
     */
    private static double ffnRows(ModelShape model, TrainingSpec training) {
        MoeShape moe = model.moe();
        double share = (double) model.moeLayers() / model.layers();
        double expertRows =
                (moe.topK() * training.expertCapacity() + moe.shared()) * moe.ffnExpert();
        return (1 - share) * model.ffn() + share * expertRows;
    }
}
