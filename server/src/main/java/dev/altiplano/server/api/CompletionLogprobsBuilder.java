package dev.altiplano.server.api;

import dev.altiplano.engine.sampling.TokenLogprobs;
import dev.altiplano.model.token.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grows the four lists of {@link CompletionLogprobs}, which stay equally long. */
final class CompletionLogprobsBuilder {
    private final Tokenizer tokenizer;
    private final List<String> tokens = new ArrayList<>();
    private final List<Optional<Float>> tokenLogprobs = new ArrayList<>();
    private final List<Optional<Map<String, Float>>> topLogprobs = new ArrayList<>();
    private final List<Integer> textOffset = new ArrayList<>();

    CompletionLogprobsBuilder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** One more position; the first of a text has no log-probabilities. */
    void add(int id, Optional<TokenLogprobs> logprobs, int offset) {
        tokens.add(TokenTexts.text(tokenizer, id));
        tokenLogprobs.add(logprobs.map(TokenLogprobs::logprob));
        topLogprobs.add(logprobs.map(position -> top(id, position)));
        textOffset.add(offset);
    }

    /** Of two tokens with the same text the likelier one stays; the taken one is always there. */
    private Map<String, Float> top(int id, TokenLogprobs position) {
        Map<String, Float> top = new LinkedHashMap<>();
        for (TokenLogprobs.Alternative other : position.top()) {
            top.putIfAbsent(TokenTexts.text(tokenizer, other.id()), other.logprob());
        }
        top.putIfAbsent(TokenTexts.text(tokenizer, id), position.logprob());
        return top;
    }

    CompletionLogprobs build() {
        return new CompletionLogprobs(
                List.copyOf(tokens),
                List.copyOf(tokenLogprobs),
                List.copyOf(topLogprobs),
                List.copyOf(textOffset));
    }
}
