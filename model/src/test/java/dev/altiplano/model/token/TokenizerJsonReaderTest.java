package dev.altiplano.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenizerJsonReaderTest {
    /** Tokens 0 a, 1 b, 2 ab, 3 a space, 4 abb; special tokens 5 and 6, user-defined 7. */
    private static final String JSON =
            """
            {"normalizer": null,
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
             "post_processor": {"type": "Sequence", "processors": [
               {"type": "ByteLevel"},
               {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>"}}]}]},
             "added_tokens": [
               {"id": 5, "content": "<s>", "special": true},
               {"id": 6, "content": "</s>", "special": true},
               {"id": 7, "content": "bab", "special": false}],
             "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "Ġ": 3, "abb": 4},
               "merges": ["a b", ["ab", "b"]]}}
            """;

    @TempDir private Path folder;

    @Test
    void readsMergesInBothSpellings() throws IOException {
        assertThat(open(JSON).encode("abb ab")).containsExactly(4, 3, 2);
    }

    @Test
    void findsUserDefinedTokensInUserTextAndSpecialOnesOnlyInTrustedText() throws IOException {
        Tokenizer tokenizer = open(JSON);

        assertThat(tokenizer.encode("abab<s>")).containsExactly(0, 7);
        assertThat(tokenizer.encode(PromptText.trusted("abab<s>"))).containsExactly(0, 7, 5);
        assertThat(tokenizer.isSpecial(7)).isFalse();
        assertThat(tokenizer.idOf("bab")).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoTokenAndNothingThatStandsForIt() throws IOException {
        assertThat(open(JSON).encode("aéb ?")).containsExactly(2, 3);
    }

    @Test
    void takesTheUnknownTokenWhereThereIsOne() throws IOException {
        String json = JSON.replace("\"merges\"", "\"unk_token\": \"</s>\", \"merges\"");

        assertThat(open(json).encode("a??b")).containsExactly(0, 6, 6, 1);
        assertThat(
                        open(json.replace("\"merges\"", "\"fuse_unk\": true, \"merges\""))
                                .encode("a??b"))
                .containsExactly(0, 6, 1);
    }

    @Test
    void takesTheBeginningFromThePostProcessor() throws IOException {
        Tokenizer tokenizer = open(JSON);

        assertThat(tokenizer.bosId()).hasValue(5);
        assertThat(tokenizer.addsBos()).isTrue();
        assertThat(tokenizer.stopIds()).containsExactly(6);
    }

    @Test
    void letsTheConfigurationHaveTheLastWord() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"</s>\", \"add_bos_token\": false}");
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 7]}");

        Tokenizer tokenizer = open(JSON);

        assertThat(tokenizer.bosId()).hasValue(6);
        assertThat(tokenizer.addsBos()).isFalse();
        assertThat(tokenizer.stopIds()).containsExactlyInAnyOrder(5, 6, 7);
    }

    @Test
    void composesCharactersWhereTheNormalizerSaysSo() throws IOException {
        String json = JSON.replace("\"a\": 0", "\"Ã\": 0").replace("\"b\": 1", "\"©\": 1");
        json = json.replace("\"a b\"", "\"Ã ©\"").replace("\"ab\"", "\"Ã©\"");
        json = json.replace("\"abb\"", "\"Ã©©\"").replace("\"b\"]", "\"©\"]");

        assertThat(open(json).encode("e\u0301")).isEmpty();
        assertThat(open(json.replace("null", "{\"type\": \"NFC\"}")).encode("e\u0301"))
                .containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "type": "BPE"           | "type": "Unigram"            | Unigram
                    "use_regex": true       | "use_regex": false           | use_regex
                    "type": "ByteLevel", "a | "type": "Whitespace", "a     | Whitespace
                    "normalizer": null      | "normalizer": {"type": "BertNormalizer"} | BertNormalizer
                    "ab": 2                 | "ab": 1                      | token 1
                    "ab": 2                 | "ab": -1                     | model.vocab
                    "ab": 2                 | "ab": 4000000                | model.vocab
                    "ab": 2                 | "Ġa": 2                      | merge 0 of 'a' and 'b'
                    "a b"                   | "ab"                         | model.merges
                    "a b"                   | "a c"                        | merge 0 of 'a' and 'c'
                    ["ab", "b"]             | ["ab"]                       | model.merges
                    "id": 7                 | "id": 2                      | token 2
                    "content": "bab"        | "content": "<s>"             | special token once
                    "special": false        | "rstrip": true               | rstrip
                    "<s>", "special": true  | "", "special": true          | token 5
                    """)
    void refusesWhatItCannotRead(String part, String replacement, String message)
            throws IOException {
        assertThat(JSON).contains(part);
        String json = JSON.replace(part, replacement);

        assertThatThrownBy(() -> open(json))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("tokenizer.json", message);
    }

    @Test
    void namesTheFileThatAFolderLacks() {
        assertThatThrownBy(() -> Tokenizers.fromFolder(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokenizer.json");
    }

    private Tokenizer open(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        return Tokenizers.fromFolder(folder);
    }
}
