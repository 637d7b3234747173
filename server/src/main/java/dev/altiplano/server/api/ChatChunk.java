package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One event of a streamed chat completion.
 *
 * @param usage when asked for: null in every chunk but the last, which has no choices
 */
record ChatChunk(
        String id,
        String object,
        long created,
        String model,
        String systemFingerprint,
        List<Choice> choices,
        Optional<JsonNode> usage,
        Optional<AnswerFacts> altiplano) {
    /** A part of one answer. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Choice(
            int index,
            Delta delta,
            Optional<ChatLogprobs> logprobs,
            Optional<String> finishReason) {}

    /** What is new in the message. */
    record Delta(Optional<String> role, Optional<String> content) {
        static Delta start() {
            return new Delta(Optional.of("assistant"), Optional.of(""));
        }

        static Delta text(String text) {
            return new Delta(Optional.empty(), Optional.of(text));
        }

        static Delta end() {
            return new Delta(Optional.empty(), Optional.empty());
        }
    }
}
