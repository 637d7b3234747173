package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The answer of {@code /v1/completions}, and each event of a streamed one.
 *
 * @param usage in a stream only when asked for: null in every chunk but the last
 */
record CompletionResponse(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Optional<JsonNode> usage,
        String systemFingerprint,
        Optional<AnswerFacts> altiplano) {
    static CompletionResponse of(
            AnswerHead head,
            List<Choice> choices,
            Optional<JsonNode> usage,
            Optional<AnswerFacts> altiplano) {
        return new CompletionResponse(
                head.id(),
                "text_completion",
                head.created(),
                head.model(),
                choices,
                usage,
                head.systemFingerprint(),
                altiplano);
    }

    /** One answer, or a part of it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Choice(
            int index,
            String text,
            Optional<CompletionLogprobs> logprobs,
            Optional<String> finishReason) {}
}
