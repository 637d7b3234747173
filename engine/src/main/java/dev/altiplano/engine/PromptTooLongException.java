package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;

/** A prompt that does not fit the context. */
public final class PromptTooLongException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    private final int promptTokens;
    private final int contextTokens;

    PromptTooLongException(int promptTokens, int contextTokens) {
        super(
                ("prompt: expected at most %d tokens, the context, found %d. Shorten it, or open the"
                                + " model with a larger context.")
                        .formatted(contextTokens, promptTokens));
        this.promptTokens = promptTokens;
        this.contextTokens = contextTokens;
    }

    public int promptTokens() {
        return promptTokens;
    }

    public int contextTokens() {
        return contextTokens;
    }
}
