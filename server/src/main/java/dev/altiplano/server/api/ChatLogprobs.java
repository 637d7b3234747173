package dev.altiplano.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.token.Tokenizer;
import java.util.List;
import java.util.Optional;

/** Log-probabilities in the chat's shape: one entry for each generated token. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ChatLogprobs(List<Entry> content, Optional<List<Entry>> refusal) {
    static ChatLogprobs of(List<Entry> content) {
        return new ChatLogprobs(content, Optional.empty());
    }

    /** One entry, or none for a special token, which is no part of the text. */
    static List<Entry> entries(Tokenizer tokenizer, GeneratedToken token) {
        if (tokenizer.isSpecial(token.id())) {
            return List.of();
        }
        TokenLogprobs logprobs = token.logprobs().orElseThrow();
        List<Entry> top =
                logprobs.top().stream()
                        .map(other -> entry(tokenizer, other.id(), other.logprob()))
                        .toList();
        return List.of(
                new Entry(
                        TokenTexts.text(tokenizer, token.id()),
                        logprobs.logprob(),
                        TokenTexts.bytes(tokenizer, token.id()),
                        Optional.of(top)));
    }

    private static Entry entry(Tokenizer tokenizer, int id, float logprob) {
        return new Entry(
                TokenTexts.text(tokenizer, id),
                logprob,
                TokenTexts.bytes(tokenizer, id),
                Optional.empty());
    }

    /**
     * A token and the likeliest ones in its place.
     *
     * @param bytes what the token stands for; the text alone may be half a character
     * @param topLogprobs absent inside {@code top_logprobs}
     */
    record Entry(
            String token,
            float logprob,
            List<Integer> bytes,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Entry>> topLogprobs) {}
}
