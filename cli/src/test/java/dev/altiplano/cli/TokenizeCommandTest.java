package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class TokenizeCommandTest {
    /** A vocabulary of 500 tokens; its README says how it was made. */
    private static final String MODEL = "../model/src/test/resources/tokenizer/qwen2.gguf";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsIdsWithTheirPieces() {
        assertThat(tokenize("the\tlake")).isZero();

        assertThat(out.toString())
                .containsPattern(" +\\d+  \"he\"\n")
                .contains("\"\\t\"")
                .endsWith("6 tokens\n");
    }

    @Test
    void readsSpecialTokensOnlyWhenAsked() {
        tokenize("<|end|>", "--json", "--special");
        tokenize("<|end|>", "--json");

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("[1]");
        assertThat(lines.get(1)).isNotEqualTo("[1]");
    }

    @Test
    void turnsEachLineOfJsonIntoIdsAndBack() throws IOException {
        String texts = "\"The lake\"\n\"\"\n\"it's 3.75 \\u00bd\\n\"\n";
        Path textFile = Files.writeString(folder.resolve("texts.jsonl"), texts);

        tokenize("--jsonl", textFile.toString());
        String ids = out.toString();
        Path idFile = Files.writeString(folder.resolve("ids.jsonl"), ids);
        out.getBuffer().setLength(0);
        tokenize("--decode", "--jsonl", idFile.toString());

        assertThat(ids.lines()).hasSize(3).allMatch(line -> line.matches("\\[[\\d, ]*]"));
        assertThat(out.toString()).isEqualTo(texts.replace("\\u00bd", "½"));
    }

    @Test
    void namesTheLineThatIsNoString() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "\"a\"\n[1]\n");

        assertThat(tokenize("--jsonl", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("bad.jsonl, line 2: expected a JSON string");
    }

    @Test
    void refusesIdsThatTheModelDoesNotHave() {
        assertThat(tokenize("--decode", "1,500")).isEqualTo(2);

        assertThat(err.toString()).contains("from 0 to 499", "500");
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xF1, 'o'});

        assertThat(tokenize("--file", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("latin1.txt", "UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--file", "--jsonl"})
    void refusesAFolderInPlaceOfText(String option) {
        assertThat(tokenize(option, folder.toString())).isEqualTo(2);

        assertThat(err.toString()).contains(folder.toString(), "expected a file, found a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--file", "--jsonl"})
    @EnabledOnOs(OS.LINUX)
    void refusesAnEndlessText(String option) {
        assertThat(tokenize(option, "/dev/zero")).isEqualTo(2);

        assertThat(err.toString()).contains("/dev/zero", "expected at most");
    }

    @Test
    void wantsOneInput() {
        assertThat(tokenize("text", "--file", "other")).isEqualTo(2);

        assertThat(err.toString()).contains("one of TEXT, --file or --jsonl");
    }

    private int tokenize(String... arguments) {
        List<String> all = new ArrayList<>(List.of("tokenize", "--model", MODEL));
        all.addAll(List.of(arguments));
        CommandLine commandLine =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(all.toArray(String[]::new));
    }
}
