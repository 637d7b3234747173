package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TiktokenReaderTest {
    private static final JsonAt CASES = cases();

    @TempDir private Path folder;

    @Test
    void refusesAFolderInPlaceOfAFile() {
        assertThatThrownBy(() -> Tokenizers.fromTiktoken(folder, TiktokenFamily.LLAMA3))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(folder.toString(), "expected a file", "found a folder");
    }

    @ParameterizedTest
    @EnumSource
    void givesTheIdsOfTheReferenceForEveryCase(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);

        for (JsonAt oracle : CASES.require("cases").items()) {
            String text = oracle.require("text").string();
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids(oracle, family));
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheTextOfEveryCaseBack(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);

        for (JsonAt oracle : CASES.require("cases").items()) {
            String text = oracle.require("text").string();
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheIdsOfTheReferenceForEveryDialog(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);

        for (JsonAt dialog : CASES.require("dialogs").items()) {
            PromptText prompt = render(family, dialog.require("messages").items());
            assertThat(tokenizer.encode(prompt)).isEqualTo(ids(dialog, family));
            assertThat(tokenizer.decode(ids(dialog, family))).isEqualTo(prompt.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsEverySpecialTokenOfTheReference(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);
        JsonAt expected = CASES.require("special_tokens").require(key(family));

        for (String text : expected.object().members().keySet()) {
            int id = expected.require(text).integer(0, tokenizer.vocabSize() - 1);
            assertThat(tokenizer.idOf(text)).as(text).hasValue(id);
            assertThat(tokenizer.isSpecial(id)).isTrue();
            assertThat(tokenizer.text(id)).isEqualTo(text);
        }
        assertThat(tokenizer.vocabSize())
                .isEqualTo(CASES.require("vocab").require(key(family)).integer(1, 1 << 20));
    }

    @ParameterizedTest
    @CsvSource({"LLAMA3, 128000, 128001 128008 128009", "LLAMA4, 200000, 200001 200007 200008"})
    void knowsHowTextsBeginAndEnd(TiktokenFamily family, int bos, String stops) {
        Tokenizer tokenizer = OracleVocabulary.open(family);

        assertThat(tokenizer.bosId()).hasValue(bos);
        assertThat(tokenizer.addsBos()).isTrue();
        assertThat(tokenizer.encodeWhole("")).containsExactly(bos);
        assertThat(tokenizer.stopIds())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(stops.split(" ")).map(Integer::valueOf).toList());
    }

    @ParameterizedTest
    @EnumSource
    void neverMakesASpecialTokenOfUserText(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);

        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            if (tokenizer.isSpecial(id)) {
                String text = "a" + tokenizer.text(id) + " " + tokenizer.text(id);
                int[] ids = tokenizer.encode(text);
                assertThat(Arrays.stream(ids)).as(text).noneMatch(tokenizer::isSpecial);
                assertThat(tokenizer.decode(ids)).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTokensBackAsThemselvesUnlessSplittingCutsThem(TiktokenFamily family) {
        Tokenizer tokenizer = OracleVocabulary.open(family);
        Splitter splitter = family.pattern().splitter();

        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            byte[] bytes = tokenizer.bytes(id);
            String text = tokenizer.text(id);
            byte[] padded = Utf8.encode(text);
            boolean isText = Arrays.equals(bytes, Arrays.copyOf(padded, bytes.length));
            // Not the special ones; and a token may be more or less than a piece.
            if (isText
                    && !tokenizer.isSpecial(id)
                    && splitter.pieceEnd(padded, 0, bytes.length) == bytes.length) {
                assertThat(tokenizer.encode(text)).as(text).containsExactly(id);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void givesTextBackHoweverItIsStreamed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tokenizer tokenizer =
                OracleVocabulary.open(
                        seed % 2 == 0 ? TiktokenFamily.LLAMA3 : TiktokenFamily.LLAMA4);

        for (int round = 0; round < 300; round++) {
            String text = OddText.next(random, 30);
            StreamDecoder stream = tokenizer.streamDecoder();
            StringBuilder streamed = new StringBuilder();
            for (int id : tokenizer.encode(text)) {
                streamed.append(stream.append(id));
            }
            assertThat(streamed.append(stream.finish()).toString())
                    .isEqualTo(text.replaceAll("\\p{Cs}", "\uFFFD"));
        }
    }

    @Test
    void encodesAMillionEqualCharactersWithoutQuadraticTime() {
        Tokenizer tokenizer = OracleVocabulary.open(TiktokenFamily.LLAMA4);

        for (String unit : List.of("a", " ", "7", "é", "\n", "́", "!", "aA", "日A")) {
            String text = unit.repeat(1_000_000 / unit.length());
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        Path file = Files.writeString(folder.resolve("cut.tiktoken"), "IQ== 0\nIg==");

        assertThatThrownBy(() -> Tokenizers.fromTiktoken(file, TiktokenFamily.LLAMA3))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("cut.tiktoken", "line 2", "the id 1", "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IQ== 1\n",
                "IQ== 0\nIQ== 1\n",
                "IQ= 0\n",
                "§§§§ 0\n",
                "IQ== -1\n",
                "IQ== 99999999999999999999\n",
                " 0\n",
                "IQ==0\n",
                "IQ== 0 0\n",
                ""
            })
    void refusesABadVocabulary(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.tiktoken"), content);

        assertThatThrownBy(() -> Tokenizers.fromTiktoken(file, TiktokenFamily.LLAMA3))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("bad.tiktoken");
    }

    /** As Meta's code does: the header is ours, the content is the user's. */
    private static PromptText render(TiktokenFamily family, List<JsonAt> messages) {
        boolean isLlama3 = family == TiktokenFamily.LLAMA3;
        String start = isLlama3 ? "<|start_header_id|>" : "<|header_start|>";
        String end = isLlama3 ? "<|end_header_id|>" : "<|header_end|>";
        String stop = isLlama3 ? "<|eot_id|>" : "<|eot|>";
        List<PromptText> parts = new ArrayList<>(List.of(PromptText.trusted("<|begin_of_text|>")));
        for (JsonAt message : messages) {
            parts.add(PromptText.trusted(start));
            parts.add(PromptText.untrusted(message.require("role").string()));
            parts.add(PromptText.trusted(end + "\n\n"));
            parts.add(PromptText.untrusted(message.require("content").string()));
            parts.add(PromptText.trusted(stop));
        }
        parts.add(PromptText.trusted(start + "assistant" + end + "\n\n"));
        return PromptText.concat(parts);
    }

    private static int[] ids(JsonAt oracle, TiktokenFamily family) {
        return oracle.require(key(family)).items().stream()
                .mapToInt(id -> id.integer(0, Integer.MAX_VALUE))
                .toArray();
    }

    private static String key(TiktokenFamily family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    private static JsonAt cases() {
        try (InputStream stream =
                TiktokenReaderTest.class.getResourceAsStream("/tokenizer/cases.json")) {
            byte[] json = Objects.requireNonNull(stream).readAllBytes();
            return JsonAt.root("cases.json", Json.parse("cases.json", json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
