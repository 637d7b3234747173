package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.model.file.GgufFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConvertCommandTest {
    private static final Path MODEL = Path.of("../model/src/test/resources/oracle/llama3-tiny");

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesAGgufFileInTheTypeAskedFor() {
        Path target = folder.resolve("model.gguf");

        assertThat(convert(MODEL.toString(), target.toString(), "--type", "bf16")).isZero();

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.require("blk.0.attn_q.weight").format()).hasToString("BF16");
        }
        assertThat(out.toString()).contains("model.gguf: 365.8 KiB of tensors");
    }

    @Test
    void answersBadInputWithOneMessageAndExitCodeTwo() {
        Path target = folder.resolve("model.gguf");

        assertThat(convert(folder.toString(), target.toString())).isEqualTo(2);
        assertThat(convert(MODEL.toString(), target.toString(), "--type", "q4_0")).isEqualTo(2);
        assertThat(convert(MODEL.toString(), folder.resolve("no/x.gguf").toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("expected model.safetensors", "F32, F16, BF16", "expected to write");
        assertThat(target).doesNotExist();
    }

    private int convert(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "convert";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Altiplano.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
