package dev.altiplano.planner.step;

/** FLOPs per token in each convention, and what recomputation adds (section 5). */
public final class Flops {
    private Flops() {}

    /** Training FLOPs of one token, forward and backward, nothing recomputed. */
    public static double perToken(
            ModelShape model, double sequenceTokens, FlopsConvention convention) {
        return switch (convention) {
            case NO_ATTENTION -> 6 * model.matmulParameters();
            case CAUSAL -> 6 * model.matmulParameters() + 3 * scores(model, sequenceTokens, true);
            case FULL -> 6 * model.matmulParameters() + 3 * scores(model, sequenceTokens, false);
            case SIX_ND -> 6 * model.activeParameters();
            case GPT_FULL -> gptPerToken(model, sequenceTokens, 1);
            case GPT_CAUSAL -> gptPerToken(model, sequenceTokens, 0.5);
        };
    }

    /** FLOPs per token that the hardware does: the above and what is computed again. */
    public static double hardwarePerToken(
            ModelShape model,
            double sequenceTokens,
            FlopsConvention convention,
            Recompute recompute) {
        double base = perToken(model, sequenceTokens, convention);
        double scores = forwardScores(model, sequenceTokens, convention);
        return switch (recompute) {
            case NONE -> base;
            case SELECTIVE -> base + scores;
            case FULL -> base + 2 * layerMatmulParameters(model) + scores;
        };
    }

    /** {@code 4 N + 6 N_lora}: no weight gradients for the frozen part. */
    public static double loraPerToken(double frozenParameters, double loraParameters) {
        return 4 * frozenParameters + 6 * loraParameters;
    }

    /** {@code 6 N D}. */
    public static double sixNd(double parameters, double tokens) {
        return 6 * parameters * tokens;
    }

    /** Forward FLOPs of one token in all attention cores: {@code 4 h δ Σ keys}. */
    public static double scores(ModelShape model, double sequenceTokens, boolean causal) {
        double keys = model.attention().keysOfAllLayers(model.layers(), sequenceTokens, causal);
        return 4.0 * model.heads() * model.headDim() * keys;
    }

    private static double forwardScores(
            ModelShape model, double sequenceTokens, FlopsConvention convention) {
        return switch (convention) {
            case NO_ATTENTION, SIX_ND -> 0;
            case CAUSAL, GPT_CAUSAL -> scores(model, sequenceTokens, true);
            case FULL, GPT_FULL -> scores(model, sequenceTokens, false);
        };
    }

    /** The head is not computed again. */
    private static double layerMatmulParameters(ModelShape model) {
        return model.matmulParameters() - model.embeddingParameters();
    }

    private static double gptPerToken(ModelShape model, double sequenceTokens, double share) {
        double d = model.hidden();
        double layers = model.layers();
        return 72
                * layers
                * d
                * d
                * (1 + share * sequenceTokens / (6 * d) + model.vocab() / (12 * layers * d));
    }
}
