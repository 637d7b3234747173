package dev.altiplano.engine.sampling;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How the next token is chosen. Begin with {@link #greedy} or {@link #defaults} and change what
 * matters. {@link TokenSampler} says in which order the parts act.
 *
 * @param temperature divides the logits; 0 takes the most likely token always
 * @param topK keeps the k most likely tokens; 0 is off
 * @param typicalP keeps the tokens of most typical surprise, of this probability together; 1 is off
 * @param topP keeps the most likely tokens, of this probability together; 1 is off
 * @param minP keeps tokens at least this likely relative to the most likely one; 0 is off
 * @param logitBias added to the logit of each id; {@code Float.NEGATIVE_INFINITY} forbids it
 * @param seed the same seed gives the same text; without one the engine draws one
 */
public record SamplingOptions(
        float temperature,
        int topK,
        float typicalP,
        float topP,
        float minP,
        PenaltyOptions penalties,
        DryOptions dry,
        Map<Integer, Float> logitBias,
        OptionalLong seed) {
    public static final int LOGIT_BIAS_ENTRIES_MAX = 4096;

    /** Throws {@link IllegalArgumentException} that names the first value out of range. */
    public SamplingOptions {
        check("temperature", temperature, 0, 100);
        check("top-k", topK, 0, Integer.MAX_VALUE);
        check("typical-p", typicalP, 0, 1);
        check("top-p", topP, 0, 1);
        check("min-p", minP, 0, 1);
        check("number of logit biases", logitBias.size(), 0, LOGIT_BIAS_ENTRIES_MAX);
        logitBias = Map.copyOf(logitBias);
        if (logitBias.values().stream().anyMatch(bias -> bias.isNaN() || bias > Float.MAX_VALUE)) {
            throw new IllegalArgumentException("a logit bias is neither finite nor -infinity");
        }
    }

    /** Refuses a value out of range, not-a-number included. */
    static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s: expected %s to %s, found %s".formatted(name, least, most, value));
        }
    }

    /** The model's own distribution: temperature 1, nothing cut off, nothing penalised. */
    public static SamplingOptions defaults() {
        return new SamplingOptions(
                1, 0, 1, 1, 0, PenaltyOptions.OFF, DryOptions.OFF, Map.of(), OptionalLong.empty());
    }

    /** The most likely token always. */
    public static SamplingOptions greedy() {
        return defaults().withTemperature(0);
    }

    public SamplingOptions withTemperature(float value) {
        return new SamplingOptions(
                value, topK, typicalP, topP, minP, penalties, dry, logitBias, seed);
    }

    public SamplingOptions withTopK(int value) {
        return new SamplingOptions(
                temperature, value, typicalP, topP, minP, penalties, dry, logitBias, seed);
    }

    public SamplingOptions withTypicalP(float value) {
        return new SamplingOptions(
                temperature, topK, value, topP, minP, penalties, dry, logitBias, seed);
    }

    public SamplingOptions withTopP(float value) {
        return new SamplingOptions(
                temperature, topK, typicalP, value, minP, penalties, dry, logitBias, seed);
    }

    public SamplingOptions withMinP(float value) {
        return new SamplingOptions(
                temperature, topK, typicalP, topP, value, penalties, dry, logitBias, seed);
    }

    public SamplingOptions withPenalties(PenaltyOptions value) {
        return new SamplingOptions(
                temperature, topK, typicalP, topP, minP, value, dry, logitBias, seed);
    }

    public SamplingOptions withDry(DryOptions value) {
        return new SamplingOptions(
                temperature, topK, typicalP, topP, minP, penalties, value, logitBias, seed);
    }

    public SamplingOptions withLogitBias(Map<Integer, Float> value) {
        return new SamplingOptions(
                temperature, topK, typicalP, topP, minP, penalties, dry, value, seed);
    }

    public SamplingOptions withSeed(long value) {
        return new SamplingOptions(
                temperature,
                topK,
                typicalP,
                topP,
                minP,
                penalties,
                dry,
                logitBias,
                OptionalLong.of(value));
    }
}
