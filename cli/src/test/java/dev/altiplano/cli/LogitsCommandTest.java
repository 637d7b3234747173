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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                assertThat(found.require("logits").decode())
                        .containsExactly(expected.require("logits").decode(), within(1e-4f));
            }
            assertThat(out.toString()).contains("70 x 256 logits (" + tier + ")");
        }
    }

    @Test
    void printsTheLargestLogitsAfterTheLastToken() {
        assertThat(logits("--tokens", "7 8,9", "--top", "3")).isZero();
        assertThat(out.toString()).hasLineCount(2 + 3).contains("id", "logit");
    }

    @Test
    void answersBadInputWithOneMessageAndExitCodeTwo() {
        assertThat(logits()).isEqualTo(2);
        assertThat(logits("--tokens", "1", "--tokens-file", "x")).isEqualTo(2);
        assertThat(logits("--tokens", ",")).isEqualTo(2);
        assertThat(logits("--tokens", "1,two")).isEqualTo(2);
        assertThat(logits("--tokens", "1,256")).isEqualTo(2);
        assertThat(logits("--tokens", "1", "--threads", "0")).isEqualTo(2);
        assertThat(logits("--tokens-file", folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("either --tokens or --tokens-file")
                .contains("expected 1 to 1048576 token ids, found 0")
                .contains("found 'two'")
                .contains("expected 0 to 255 for this model, found 256")
                .contains("--threads: expected 1 to 1024, found 0")
                .contains("absent: expected a text file with token ids");
    }

    private int logits(String... arguments) {
        CommandLine line =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 2];
        all[0] = "logits";
        all[1] = MODEL;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }
}
