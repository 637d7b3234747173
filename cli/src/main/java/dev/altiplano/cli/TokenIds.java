package dev.altiplano.cli;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Token ids as people write them: with commas, spaces or line ends between, or as a JSON array. */
final class TokenIds {
    static final int TOKENS_MAX = 1 << 20;
    static final int FILE_BYTES_MAX = 16 << 20;
    private static final Pattern BETWEEN = Pattern.compile("[\\s,\\[\\]]+");

    private TokenIds() {}

    /** Reads the ids of a file or a device, which may never end. */
    static int[] read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new AltiplanoException(
                        "%s: expected at most %d bytes of token ids, found more. Is it the right file?"
                                .formatted(file, FILE_BYTES_MAX));
            }
            return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
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
                BETWEEN.splitAsStream(text)
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
