package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny vocabularies of the test resources, whose README says how they were made. */
final class TokenizersTest {
    private static final Path FOLDER = Path.of("src/test/resources/tokenizer");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2.json",
                "gpt2.gguf",
                "smollm.json",
                "smollm.gguf",
                "llama3.json",
                "llama3.gguf",
                "llama4.json",
                "llama4.gguf",
                "qwen2.json",
                "qwen2.gguf",
                "llama2.json",
                "sentencepiece.gguf"
            })
    void givesTheIdsOfTheReference(String file) throws IOException {
        Tokenizer tokenizer = open(file);
        JsonAt golden = JsonAt.root("expected.json", Json.read(FOLDER.resolve("expected.json")));
        List<JsonAt> texts = golden.require("texts").items();
        List<JsonAt> expected = golden.require(file.substring(0, file.indexOf('.'))).items();

        for (int i = 0; i < texts.size(); i++) {
            if (!(expected.get(i).value() instanceof Json.Null)) {
                String text = texts.get(i).string();
                assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids(expected.get(i)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2.json",
                "llama3.json",
                "llama4.json",
                "qwen2.json",
                "llama2.json",
                "sentencepiece.gguf"
            })
    void givesTextBack(String file) throws IOException {
        Tokenizer tokenizer = open(file);
        SplittableRandom random = new SplittableRandom(file.hashCode());

        for (int round = 0; round < 1000; round++) {
            String text = OddText.next(random, 30);
            // What SentencePiece writes for a space is a space to it.
            String expected = text.replaceAll("\\p{Cs}", "\uFFFD");
            expected =
                    file.matches("llama2.*|sentencepiece.*")
                            ? expected.replace('▁', ' ')
                            : expected;
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2.json",
                "gpt2.gguf",
                "smollm.json",
                "smollm.gguf",
                "llama3.json",
                "llama3.gguf",
                "llama4.json",
                "llama4.gguf",
                "qwen2.json",
                "qwen2.gguf",
                "llama2.json",
                "sentencepiece.gguf"
            })
    void neverMakesASpecialTokenOfUserText(String file) throws IOException {
        Tokenizer tokenizer = open(file);

        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            if (tokenizer.isSpecial(id)) {
                String special = tokenizer.text(id);
                PromptText split =
                        PromptText.concat(
                                List.of(
                                        PromptText.trusted(special.substring(0, 1)),
                                        PromptText.untrusted(special.substring(1))));
                assertThat(tokenizer.encode(special + " " + special).length).isGreaterThan(3);
                assertThat(tokenizer.encode(split)).isEqualTo(tokenizer.encode(special));
                assertThat(tokenizer.encode(PromptText.trusted(special))).containsExactly(id);
                assertThat(tokenizer.idOf(special)).hasValue(id);
            }
        }
    }

    @Test
    void givesTheSameIdsToManyThreadsAtOnce() throws IOException {
        Tokenizer shared = open("llama2.json");

        IntStream.range(0, 32)
                .parallel()
                .forEach(
                        thread -> {
                            SplittableRandom random = new SplittableRandom(thread % 4);
                            for (int round = 0; round < 50; round++) {
                                String text = OddText.next(random, 200).replace('▁', ' ');
                                assertThat(shared.decode(shared.encode(text)))
                                        .isEqualTo(text.replaceAll("\\p{Cs}", "\uFFFD"));
                            }
                        });
    }

    private static Tokenizer open(String file) throws IOException {
        Path path = FOLDER.resolve(file);
        if (file.endsWith(".json")) {
            return Tokenizers.fromTokenizerJson(path);
        }
        try (GgufFile gguf = GgufFile.open(path)) {
            return Tokenizers.fromGguf(gguf);
        }
    }

    private static int[] ids(JsonAt array) {
        return array.items().stream().mapToInt(id -> id.integer(0, 1 << 20)).toArray();
    }
}
