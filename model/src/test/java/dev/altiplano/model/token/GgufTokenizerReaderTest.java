package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufTokenizerReaderTest {
    @TempDir private Path folder;

    private final Map<String, GgufValue> keys = new LinkedHashMap<>();

    @Test
    void fallsBackToBytesAndThenToTheUnknownToken() {
        sentencePiece("<unk> <s> </s> <0xC3> <0xB1> ▁a a ▁", 2, 3, 3, 6, 6, 1, 1, 1);

        Tokenizer tokenizer = open();

        assertThat(tokenizer.encode("ñ")).containsExactly(7, 3, 4);
        assertThat(tokenizer.encode("éx")).containsExactly(7, 0);
        assertThat(tokenizer.decode(new int[] {7, 3, 4})).isEqualTo("ñ");
    }

    /** Mistake 15 of the specification: a turn with a tool call ends with a token of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"<|eot|>", "<|eom|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>"})
    void stopsAtEveryKnownEndWhetherTheFileNamesItOrNot(String end) {
        byteLevel("a <e> " + end, 1, 3, 3);
        put("eos_token_id", GgufValue.uint32(1));

        assertThat(open().stopIds()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void mergesByScoreAndThenFromTheLeft() {
        sentencePiece("<unk> <s> </s> a aa aaa", 2, 3, 3, 1, 1, 1);
        put("scores", GgufValue.float32s(List.of(0f, 0f, 0f, -3f, -2f, -1f)));
        put("add_space_prefix", GgufValue.bool(false));

        assertThat(open().encode("aaaa")).containsExactly(5, 3);
    }

    @Test
    void putsASpaceInFrontOfEverySectionAndTakesItOffAgain() {
        sentencePiece("<unk> <s> </s> ▁ a ▁a", 2, 3, 3, 1, 1, 1);
        put("bos_token_id", GgufValue.uint32(1));
        Tokenizer tokenizer = open();
        PromptText prompt = PromptText.trusted("<s>a</s> a");

        int[] ids = tokenizer.encode(prompt);

        assertThat(ids).containsExactly(1, 5, 2, 3, 5);
        assertThat(tokenizer.decode(ids)).isEqualTo(prompt.text());
        assertThat(tokenizer.addsBos()).isTrue();
    }

    @Test
    void keepsTheSpaceOfAContinuation() {
        sentencePiece("<unk> <s> </s> ▁ a ▁a", 2, 3, 3, 1, 1, 1);
        Tokenizer tokenizer = open();

        assertThat(tokenizer.streamDecoder().append(5)).isEqualTo(" a");
        assertThat(tokenizer.decode(new int[] {5})).isEqualTo("a");
    }

    @Test
    void mergesAcrossWordsWhereATokenHasASpaceInside() {
        sentencePiece("<unk> <s> </s> a ▁ ▁a a▁a", 2, 3, 3, 1, 1, 1, 1);
        put("scores", GgufValue.float32s(List.of(0f, 0f, 0f, -9f, -9f, -2f, -3f)));
        put("add_space_prefix", GgufValue.bool(false));

        assertThat(open().encode("a a")).containsExactly(6);
    }

    @Test
    void neverMergesUserTextIntoAByteOrControlToken() {
        sentencePiece("<unk> <s> </s> <0x41> < s > <s 0 x 4 1", 2, 3, 3, 6, 1, 1, 1, 1, 1, 1, 1, 1);
        put("add_space_prefix", GgufValue.bool(false));

        assertThat(open().encode("<s>")).containsExactly(7, 6);
        assertThat(open().encode("<0x41>")).containsExactly(4, 8, 9, 10, 11, 6);
    }

    @Test
    void makesSpecialWhatOnlyLooksUserDefined() {
        byteLevel("a b <|im_end|> tool", 1, 1, 4, 4);
        Tokenizer tokenizer = open();

        assertThat(tokenizer.encode("<|im_end|>tool")).containsExactly(3);
        assertThat(tokenizer.isSpecial(2)).isTrue();
        assertThat(tokenizer.stopIds()).containsExactly(2);
    }

    @Test
    void standsForNoBytesPastItsVocabulary() {
        byteLevel("a b ab", 1, 1, 1);
        Tokenizer tokenizer = open();

        assertThat(tokenizer.bytes(3)).isEmpty();
        assertThat(tokenizer.decode(new int[] {2, 99})).isEqualTo("ab");
        assertThatThrownBy(() -> tokenizer.bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAnUnknownPreTokenizerAndThoseItKnows() {
        byteLevel("a b ab", 1, 1, 1);
        put("pre", GgufValue.text("falcon-7"));

        assertRefused("tokenizer.ggml.pre", "falcon-7", "llama-bpe", "smollm", "qwen2", "llama4");
    }

    @Test
    void namesAnUnknownModel() {
        byteLevel("a b ab", 1, 1, 1);
        put("model", GgufValue.text("bert"));

        assertRefused("tokenizer.ggml.model", "gpt2 or llama", "bert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "tokens", "merges"})
    void namesAKeyThatIsMissing(String key) {
        byteLevel("a b ab", 1, 1, 1);
        keys.remove("tokenizer.ggml." + key);

        assertRefused("tokenizer.ggml." + key, "none");
    }

    @Test
    void refusesATokenThatStandsTwice() {
        byteLevel("a b ab a", 1, 1, 1, 1);

        assertRefused("tokens 0 and 3", "'a'");
    }

    @Test
    void refusesTypesThatAreTooFewOrUnknown() {
        byteLevel("a b ab", 1, 1);
        assertRefused("tokenizer.ggml.token_type", "3 types", "2");

        byteLevel("a b ab", 1, 1, 7);
        assertRefused("tokenizer.ggml.token_type", "7");
    }

    @Test
    void refusesAMergeOfAnUnknownToken() {
        byteLevel("a b ab", 1, 1, 1);
        put("merges", GgufValue.strings(List.of("a b", "ab c")));

        assertRefused("merge 1", "'ab'", "'c'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id"})
    void refusesAnIdOutOfRange(String key) {
        byteLevel("a b ab", 1, 1, 1);
        put(key, GgufValue.uint32(3));

        assertRefused("tokenizer.ggml." + key, "below 3", "3");
    }

    @Test
    void refusesScoresThatAreTooFewOrNoNumbers() {
        sentencePiece("<unk> a", 2, 1);
        put("scores", GgufValue.float32s(List.of(0f)));
        assertRefused("tokenizer.ggml.scores", "2 scores", "1");

        put("scores", GgufValue.float32s(List.of(0f, Float.NaN)));
        assertRefused("tokenizer.ggml.scores", "NaN", "token 1");
    }

    @Test
    void refusesByteTokensThatAreNoBytesOrStandTwice() {
        sentencePiece("<unk> <0x41> <0x4g>", 2, 6, 6);
        assertRefused("<0x0A>", "token 2 '<0x4g>'");

        sentencePiece("<unk> <0x4A> <0x4a>", 2, 6, 6);
        assertRefused("<0x0A>", "token 2 '<0x4a>'");
    }

    private void byteLevel(String tokens, Integer... types) {
        vocabulary("gpt2", tokens, types);
        put("pre", GgufValue.text("gpt-2"));
        put("merges", GgufValue.strings(tokens.contains("ab") ? List.of("a b") : List.of()));
    }

    private void sentencePiece(String tokens, Integer... types) {
        vocabulary("llama", tokens, types);
        Float[] scores = new Float[types.length];
        Arrays.setAll(scores, id -> (float) -id);
        put("scores", GgufValue.float32s(List.of(scores)));
    }

    private void vocabulary(String model, String tokens, Integer... types) {
        put("model", GgufValue.text(model));
        put("tokens", GgufValue.strings(List.of(tokens.split(" ", -1))));
        put("token_type", GgufValue.int32s(new ArrayList<>(List.of(types))));
    }

    private void put(String key, GgufValue value) {
        keys.put("tokenizer.ggml." + key, value);
    }

    private Tokenizer open() {
        Path path = folder.resolve("tiny.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            keys.forEach(writer::put);
            writer.finish();
        }
        try (GgufFile file = GgufFile.open(path)) {
            return Tokenizers.fromGguf(file);
        }
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tiny.gguf")
                .hasMessageContainingAll(parts);
    }
}
