package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file is refused in our own words, or gives a tokenizer that works. */
final class TokenizerMutationTest {
    private static final Path FOLDER = Path.of("src/test/resources/tokenizer");

    /** More on demand: {@code -Dmutations=200000}. */
    private static final int MUTATIONS = Integer.getInteger("mutations", 400);

    private static final String TEXT =
            "The lake is low:\n  it's 12.5 m ½ — señora 日本 🌊 <|end|> </s>\t\u0004";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smollm.json", "llama2.json", "llama3.gguf", "sentencepiece.gguf"})
    void survivesDamage(String file) throws IOException {
        byte[] content = Files.readAllBytes(FOLDER.resolve(file));

        damageAndOpen(content, folder.resolve(file));
    }

    @Test
    void survivesDamageOfTiktokenFiles() throws IOException {
        StringBuilder lines = new StringBuilder();
        Base64.Encoder base64 = Base64.getEncoder();
        for (int id = 0; id < 256; id++) {
            byte[] token = {(byte) id};
            lines.append(base64.encodeToString(token)).append(' ').append(id).append('\n');
        }
        byte[] word = "lake".getBytes(StandardCharsets.UTF_8);
        lines.append(base64.encodeToString(word)).append(" 256\n");

        damageAndOpen(
                lines.toString().getBytes(StandardCharsets.UTF_8), folder.resolve("a.tiktoken"));
    }

    private static void damageAndOpen(byte[] content, Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(content.length);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, damage(content, random));
            try {
                use(open(file));
            } catch (ModelFormatException expected) {
                assertThat(expected.getMessage()).contains(file.getFileName().toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 10);
    }

    private static Tokenizer open(Path file) throws IOException {
        String name = file.toString();
        if (name.endsWith(".json")) {
            return Tokenizers.fromTokenizerJson(file);
        }
        if (name.endsWith(".tiktoken")) {
            return Tokenizers.fromTiktoken(file, TiktokenFamily.LLAMA4);
        }
        try (GgufFile gguf = GgufFile.open(file)) {
            return Tokenizers.fromGguf(gguf);
        }
    }

    private static void use(Tokenizer tokenizer) {
        for (int id : tokenizer.encode(TEXT)) {
            assertThat(id).isBetween(0, tokenizer.vocabSize() - 1);
            assertThat(tokenizer.isSpecial(id) && !tokenizer.text(id).contains("unk")).isFalse();
        }
        tokenizer.decode(tokenizer.encode(PromptText.trusted(TEXT)));
        tokenizer.stopIds().forEach(tokenizer::text);
        tokenizer.bosId().ifPresent(tokenizer::text);
    }

    private static byte[] damage(byte[] content, SplittableRandom random) {
        byte[] damaged = content.clone();
        for (int count = random.nextInt(1, 4); count > 0; count--) {
            int at = random.nextInt(damaged.length);
            int length = random.nextInt(1, Math.min(24, damaged.length - at + 1));
            switch (random.nextInt(6)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                case 3 -> Arrays.fill(damaged, at, at + length, (byte) -random.nextInt(2));
                case 4 -> {
                    int from = random.nextInt(damaged.length - length + 1);
                    System.arraycopy(damaged, from, damaged, at, length);
                }
                default -> damaged = remove(damaged, at, length);
            }
        }
        return damaged;
    }

    private static byte[] remove(byte[] content, int at, int length) {
        byte[] shorter = Arrays.copyOf(content, Math.max(1, content.length - length));
        System.arraycopy(content, at + length, shorter, at, content.length - at - length);
        return shorter;
    }
}
