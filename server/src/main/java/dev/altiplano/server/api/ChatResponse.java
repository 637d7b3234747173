package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** The answer of {@code /v1/chat/completions} when it is not streamed. */
record ChatResponse(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,
        String systemFingerprint,
        AnswerFacts altiplano) {
    /** One answer. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Choice(
            int index, Message message, Optional<ChatLogprobs> logprobs, String finishReason) {}

    /** The assistant's message. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Message(String role, String content, Optional<String> refusal) {
        static Message of(String content) {
            return new Message("assistant", content, Optional.empty());
        }
    }
}
