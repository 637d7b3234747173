package dev.altiplano.server.api;

import java.util.List;
import java.util.OptionalInt;

/**
 * A call to {@code /v1/completions}.
 *
 * @param logprobs how many alternatives to report at each position; absent: no log-probabilities
 * @param echo whether the answer begins with the prompt
 * @param ignored members that have no effect here
 */
record CompletionRequest(
        String model,
        List<CompletionPrompt> prompts,
        GenerationFields generation,
        OptionalInt logprobs,
        boolean echo,
        List<String> ignored) {
    static final int LOGPROBS_MAX = 20;
    private static final int CHOICES_MAX = 8;

    static CompletionRequest read(JsonFields fields, int vocabSize) {
        String model = fields.requireString("model");
        boolean echo = fields.bool("echo");
        if (fields.string("suffix").filter(suffix -> !suffix.isEmpty()).isPresent()) {
            throw ApiException.unsupportedParameter(
                    "suffix", "'suffix' needs a model that fills in the middle. Leave it out.");
        }
        GenerationFields generation = GenerationFields.read(fields, vocabSize, echo ? 0 : 1);
        int bestOf = fields.integer("best_of", 1, CHOICES_MAX).orElse(generation.choices());
        if (bestOf != generation.choices()) {
            throw ApiException.unsupportedParameter(
                    "best_of",
                    "'best_of' is %d and 'n' is %d; this server offers them only equal."
                            .formatted(bestOf, generation.choices()));
        }
        return new CompletionRequest(
                model,
                CompletionPrompt.read(fields, vocabSize),
                generation,
                fields.integer("logprobs", 0, LOGPROBS_MAX),
                echo,
                fields.ignored());
    }
}
