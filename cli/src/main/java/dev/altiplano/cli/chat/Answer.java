package dev.altiplano.cli.chat;

import java.util.Locale;

/**
 * One answer of the model.
 *
 * @param ending why it ended, for people; empty if the model was done
 * @param firstTokenNanos from the question to the first token
 * @param decodeNanos from the first token to the last
 */
public record Answer(
        String text,
        String ending,
        int promptTokens,
        int answerTokens,
        long firstTokenNanos,
        long decodeNanos) {

    /** One line of figures, such as {@code 12 + 34 tokens, first after 0.21 s, 41.3 tokens/s}. */
    public String figures() {
        double decodeSeconds = decodeNanos / 1e9;
        String rate =
                answerTokens > 1 && decodeSeconds > 0
                        ? String.format(
                                Locale.ROOT, ", %.1f tokens/s", (answerTokens - 1) / decodeSeconds)
                        : "";
        return String.format(
                Locale.ROOT,
                "%d + %d tokens, first after %.2f s%s",
                promptTokens,
                answerTokens,
                firstTokenNanos / 1e9,
                rate);
    }
}
