package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The vocabularies of Llama 3 and 4, which lie beside the repository and not in it. */
final class OracleVocabulary {
    private static final Path FOLDER = Path.of("../../shared/oracle/tokenizer");
    private static final Map<TiktokenFamily, Tokenizer> OPEN = new EnumMap<>(TiktokenFamily.class);

    private OracleVocabulary() {}

    /** The tokenizer, read once; ends the test as skipped, or failed in CI, where it is missing. */
    static synchronized Tokenizer open(TiktokenFamily family) {
        return OPEN.computeIfAbsent(family, OracleVocabulary::read);
    }

    private static Tokenizer read(TiktokenFamily family) {
        Path file = FOLDER.resolve(family.name().toLowerCase(Locale.ROOT) + ".tiktoken");
        boolean exists = Files.exists(file);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(file).as("vocabulary of %s, needed in CI", family).exists();
        }
        assumeTrue(exists, () -> file + " is missing: Meta's licence keeps it out of here");
        try {
            return Tokenizers.fromTiktoken(file, family);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
