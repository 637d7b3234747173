package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.Shape;
import dev.altiplano.model.file.SafetensorsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LogitsCommandTest {
    /** Its README says where it comes from; it has no tokenizer. */
    private static final String MODEL = "../model/src/test/resources/oracle/llama4-scout-tiny";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void writesTheLogitsOfEveryToken(String tier) throws IOException {
        Path target = folder.resolve("logits.safetensors");
        try (SafetensorsFile expected =
                SafetensorsFile.open(Path.of(MODEL, "expected.safetensors"))) {
            float[] ids = expected.require("input_ids").decode();
            String text =
                    IntStream.range(0, ids.length)
                            .mapToObj(i -> String.valueOf((int) ids[i]))
                            .collect(Collectors.joining(", ", "[", "]\n"));
            Path file = Files.writeString(folder.resolve("ids.json"), text);

            int exit =
                    logits(
                            "--tokens-file",
                            file.toString(),
                            "--out",
                            target.toString(),
                            "--tier",
                            tier);

            assertThat(exit).isZero();
            try (SafetensorsFile found = SafetensorsFile.open(target)) {
                assertThat(found.require("logits").shape()).isEqualTo(Shape.of(70, 256));
                float[] logits = found.require("logits").decode();
                float[] wanted = expected.require("logits").decode();
                for (int i = 0; i < wanted.length; i++) { // a diff of two long arrays takes hours
                    assertThat(logits[i]).as("logit %d", i).isCloseTo(wanted[i], within(1e-4f));
                }
            }
            assertThat(out.toString()).contains("logits, F32 [70, 256]");
        }
    }

    @Test
    void printsTheHighestLogitsAfterEachToken() {
        assertThat(logits("--tokens", "7 8,9", "--top", "2", "--threads", "1")).isZero();

        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .matches(" +[0-9]+ +[0-9]+ ( {2}[0-9]+:-?[0-9.]{6,}){2}"));
    }

    @Test
    void readsAModelThatHasATokenizer() {
        Path tiny = folder.resolve("tiny.gguf");
        StartupModel.write(tiny);

        assertThat(execute("logits", tiny.toString(), "--tokens", "1,2", "--top", "1")).isZero();

        assertThat(out.toString()).hasLineCount(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                                             | Missing required argument
                    --tokens 1 --tokens-file x | mutually exclusive
                    --tokens ,               | --tokens: expected 1 to 1048576 token ids, found none
                    --tokens 1,two           | --tokens: expected token ids, found 'two'
                    --tokens 1,256           | token 1: expected an id of 0 to 255
                    --tokens -1              | token 0: expected an id of 0 to 255
                    --tokens 1 --top -1      | --top: expected 0 or more, found -1
                    --tokens 1 --threads 0   | --threads: expected 1 to 1024, found 0
                    --tokens 1 --tier fast   | or avx512, found 'fast'
                    --tokens-file absent.txt | absent.txt: expected a text file with token ids
                    --tokens-file .          | .: expected a text file with token ids
                    --tokens-file /dev/zero  | /dev/zero: expected at most 16777216 bytes of token ids
                    """)
    void answersBadInputWithOneMessageAndExitCodeTwo(@Nullable String arguments, String message) {
        assertThat(logits(arguments == null ? new String[0] : arguments.split(" "))).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(message).doesNotContain("Exception:\n");
    }

    @Test
    void leavesNoFileBehindWhenTheTokensAreWrong() {
        Path target = folder.resolve("logits.safetensors");

        assertThat(logits("--tokens", "256", "--out", target.toString())).isEqualTo(2);

        assertThat(folder).isEmptyDirectory();
    }

    private int logits(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "logits";
        all[1] = MODEL;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        CommandLine line =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
