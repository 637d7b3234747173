package dev.altiplano.engine;

import dev.altiplano.engine.sampling.SamplingOptions;
import java.util.List;
import java.util.Set;

/**
 * What to generate. Begin with {@link #of} and change what matters.
 *
 * @param promptIds what the model reads first, taken as it is; at least one id
 * @param maxTokens ends the answer; 0 only reads the prompt, for its log-probabilities
 * @param minTokens until then neither stop tokens nor stop strings end the answer
 * @param stopStrings end the answer and are no part of it, wherever tokens begin and end
 * @param stopIds tokens that end the answer, beside those of the model
 * @param ignoresEos the model's own stop tokens are never chosen
 * @param topLogprobs how many alternatives to report at each position; {@link #NO_LOGPROBS} for no
 *     log-probabilities at all
 * @param promptLogprobs also report the prompt's positions, see {@link Generation#promptLogprobs}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied once, at the border
public record GenerationRequest(
        int[] promptIds,
        SamplingOptions sampling,
        int maxTokens,
        int minTokens,
        List<String> stopStrings,
        Set<Integer> stopIds,
        boolean ignoresEos,
        int topLogprobs,
        boolean promptLogprobs) {
    public static final int NO_LOGPROBS = -1;
    public static final int TOP_LOGPROBS_MAX = 100;
    public static final int STOP_STRINGS_MAX = 64;
    public static final int STOP_STRING_CHARS_MAX = 1024;

    /** Throws {@link IllegalArgumentException} that names the first value out of range. */
    public GenerationRequest {
        if (promptIds.length == 0) {
            throw new IllegalArgumentException("expected a prompt of at least one token, found 0");
        }
        check("max tokens", maxTokens, 0, Integer.MAX_VALUE);
        check("min tokens", minTokens, 0, Integer.MAX_VALUE);
        check("top logprobs", topLogprobs, NO_LOGPROBS, TOP_LOGPROBS_MAX);
        check("number of stop strings", stopStrings.size(), 0, STOP_STRINGS_MAX);
        for (String stop : stopStrings) {
            check("chars of a stop string", stop.length(), 1, STOP_STRING_CHARS_MAX);
        }
        promptIds = promptIds.clone();
        stopStrings = List.copyOf(stopStrings);
        stopIds = Set.copyOf(stopIds);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: expected %d to %d, found %d".formatted(name, least, most, value));
        }
    }

    /** Greedy, until the model stops or the context is full, without log-probabilities. */
    public static GenerationRequest of(int[] promptIds) {
        return new GenerationRequest(
                promptIds,
                SamplingOptions.greedy(),
                Integer.MAX_VALUE,
                0,
                List.of(),
                Set.of(),
                false,
                NO_LOGPROBS,
                false);
    }

    public GenerationRequest withSampling(SamplingOptions value) {
        return new GenerationRequest(
                promptIds,
                value,
                maxTokens,
                minTokens,
                stopStrings,
                stopIds,
                ignoresEos,
                topLogprobs,
                promptLogprobs);
    }

    public GenerationRequest withMaxTokens(int value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                value,
                minTokens,
                stopStrings,
                stopIds,
                ignoresEos,
                topLogprobs,
                promptLogprobs);
    }

    public GenerationRequest withMinTokens(int value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                value,
                stopStrings,
                stopIds,
                ignoresEos,
                topLogprobs,
                promptLogprobs);
    }

    public GenerationRequest withStopStrings(List<String> value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                minTokens,
                value,
                stopIds,
                ignoresEos,
                topLogprobs,
                promptLogprobs);
    }

    public GenerationRequest withStopIds(Set<Integer> value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                minTokens,
                stopStrings,
                value,
                ignoresEos,
                topLogprobs,
                promptLogprobs);
    }

    /** The model's own stop tokens are never chosen. */
    public GenerationRequest ignoringEos() {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                minTokens,
                stopStrings,
                stopIds,
                true,
                topLogprobs,
                promptLogprobs);
    }

    public GenerationRequest withTopLogprobs(int value) {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                minTokens,
                stopStrings,
                stopIds,
                ignoresEos,
                value,
                promptLogprobs);
    }

    /** Also reports the prompt's positions, with {@code alternatives} at each. */
    public GenerationRequest withPromptLogprobs(int alternatives) {
        return new GenerationRequest(
                promptIds,
                sampling,
                maxTokens,
                minTokens,
                stopStrings,
                stopIds,
                ignoresEos,
                alternatives,
                true);
    }
}
