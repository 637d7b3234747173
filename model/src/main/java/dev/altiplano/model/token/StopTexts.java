package dev.altiplano.model.token;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The special tokens with which published models end a turn or a text. A file names one or two of
 * them as its end; models stop at the others just as well.
 */
final class StopTexts {
    private static final List<String> KNOWN =
            List.of(
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|end_of_text|>",
                    "<|eot|>",
                    "<|eom|>",
                    "<|im_end|>",
                    "<|endoftext|>",
                    "<|end|>",
                    "<end_of_turn>",
                    "</s>");

    private StopTexts() {}

    /** The ids among {@code tokens} of every known end, and {@code named}. */
    static Set<Integer> idsIn(AddedTokens tokens, Set<Integer> named) {
        Set<Integer> ids = new HashSet<>(named);
        for (String text : KNOWN) {
            int id = tokens.specialId(text);
            if (id >= 0) {
                ids.add(id);
            }
        }
        return ids;
    }
}
