package dev.altiplano.server.api;

import dev.altiplano.model.token.StreamDecoder;
import dev.altiplano.model.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Encodes the prompts of a completion, and writes them back for {@code echo}. */
final class CompletionPrompts {
    private CompletionPrompts() {}

    /** The ids of a prompt: text gets the begin token if the model wants one, ids stay as given. */
    static int[] ids(Tokenizer tokenizer, CompletionPrompt prompt) {
        return switch (prompt) {
            case CompletionPrompt.Text text -> tokenizer.encodeWhole(text.text());
            case CompletionPrompt.Ids ids ->
                    ids.ids().stream().mapToInt(Integer::intValue).toArray();
        };
    }

    /**
     * A prompt as an answer repeats it.
     *
     * @param offsets where each id begins in {@code text}, in Unicode code points
     */
    record Echo(String text, List<Integer> offsets) {
        int codePoints() {
            return text.codePointCount(0, text.length());
        }
    }

    /** Special tokens are no part of the text, so they take no room in it. */
    static Echo echo(Tokenizer tokenizer, CompletionPrompt prompt, int[] ids) {
        StreamDecoder decoder = tokenizer.streamDecoder();
        StringBuilder decoded = new StringBuilder();
        List<Integer> offsets = new ArrayList<>(ids.length);
        for (int id : ids) {
            offsets.add(decoded.codePointCount(0, decoded.length()));
            if (!tokenizer.isSpecial(id)) {
                decoded.append(decoder.append(id));
            }
        }
        decoded.append(decoder.finish());
        if (prompt instanceof CompletionPrompt.Text given) {
            return new Echo(given.text(), shifted(offsets, given.text(), decoded));
        }
        return new Echo(decoded.toString(), offsets);
    }

    /** SentencePiece puts a space before a text that is no part of it. */
    private static List<Integer> shifted(
            List<Integer> offsets, String given, StringBuilder decoded) {
        int added =
                decoded.codePointCount(0, decoded.length())
                        - given.codePointCount(0, given.length());
        return offsets.stream().map(offset -> Math.max(0, offset - Math.max(0, added))).toList();
    }
}
