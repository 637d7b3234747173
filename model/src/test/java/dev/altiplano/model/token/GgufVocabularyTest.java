package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufVocabularyTest {
    private static final Path FOLDER = Path.of("src/test/resources/tokenizer");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2.json",
                "smollm.json",
                "llama3.json",
                "llama4.json",
                "qwen2.json",
                "llama2.json"
            })
    void givesTheSameTokenizerAsTheFolder(String file) throws IOException {
        Files.copy(FOLDER.resolve(file), folder.resolve("tokenizer.json"));
        Tokenizer original = Tokenizers.fromFolder(folder);
        SplittableRandom random = new SplittableRandom(file.hashCode());

        Tokenizer converted = convert(original.vocabSize() + 12);

        for (int round = 0; round < 1000; round++) {
            PromptText text = PromptText.trusted(OddText.next(random, 30));
            assertThat(converted.encode(text)).as(text.text()).isEqualTo(original.encode(text));
            assertThat(converted.encode(text.text())).isEqualTo(original.encode(text.text()));
        }
        assertThat(converted.vocabSize()).isEqualTo(original.vocabSize() + 12);
        assertThat(converted.bosId()).isEqualTo(original.bosId());
        assertThat(converted.addsBos()).isEqualTo(original.addsBos());
        assertThat(converted.stopIds()).isEqualTo(original.stopIds());
    }

    @Test
    void takesTheEndFromTheFilesBesideIt() throws IOException {
        Files.copy(FOLDER.resolve("qwen2.json"), folder.resolve("tokenizer.json"));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"eos_token\":{\"content\":\"<|begin|>\"},\"add_bos_token\":false}");

        Tokenizer converted = convert(500);

        assertThat(converted.stopIds()).containsExactlyInAnyOrder(0, 1);
        assertThat(converted.addsBos()).isFalse();
    }

    @Test
    void refusesATokenizerThatIsLargerThanItsModel() throws IOException {
        Files.copy(FOLDER.resolve("gpt2.json"), folder.resolve("tokenizer.json"));

        assertThatThrownBy(() -> GgufVocabulary.of(folder, 499))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("499", "500");
    }

    private Tokenizer convert(int embeddingRows) throws IOException {
        Path path = folder.resolve("converted.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            GgufVocabulary.of(folder, embeddingRows).forEach(writer::put);
            writer.finish();
        }
        try (GgufFile file = GgufFile.open(path)) {
            return Tokenizers.fromGguf(file);
        }
    }
}
