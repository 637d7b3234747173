package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Token ids as people write them: with commas, spaces or line ends between, or as a JSON array. */
final class TokenIds {
    static final int TOKENS_MAX = 1 << 20;
    private static final long FILE_BYTES_MAX = 16L << 20;

    private TokenIds() {}

    /** Reads the ids of a file. */
    static int[] read(Path file) {
        try {
            long sizeBytes = Files.size(file);
            if (sizeBytes > FILE_BYTES_MAX) {
                throw new AltiplanoException(
                        "%s: expected at most %d bytes of token ids, found %d. Is it the right file?"
                                .formatted(file, FILE_BYTES_MAX, sizeBytes));
            }
            return parse(file.toString(), Files.readString(file));
        } catch (IOException failure) {
            throw new AltiplanoException(
                    "%s: expected a text file with token ids, found: %s. Check the path."
                            .formatted(file, failure),
                    failure);
        }
    }

    /** Reads {@code text}, which came from {@code where}. */
    static int[] parse(String where, String text) {
        int[] ids =
                Stream.of(text.split("[\\s,\\[\\]]+"))
                        .filter(word -> !word.isEmpty())
                        .limit(TOKENS_MAX + 1L)
                        .mapToInt(word -> parseId(where, word))
                        .toArray();
        if (ids.length == 0 || ids.length > TOKENS_MAX) {
            throw new AltiplanoException(
                    "%s: expected 1 to %d token ids, found %s. Write ids such as 1,2,3."
                            .formatted(where, TOKENS_MAX, ids.length == 0 ? "none" : "more"));
        }
        return ids;
    }

    private static int parseId(String where, String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException notANumber) {
            throw new AltiplanoException(
                    "%s: expected token ids, found '%s'. Write ids such as 1,2,3."
                            .formatted(where, word),
                    notANumber);
        }
    }

    /** Throws if an id is not below {@code vocabulary}. */
    static void requireInVocabulary(int[] ids, int vocabulary) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= vocabulary) {
                throw new AltiplanoException(
                        "token %d: expected an id of 0 to %d, the model's vocabulary, found %d. Is it the right model?"
                                .formatted(i, vocabulary - 1, ids[i]));
            }
        }
    }
}
