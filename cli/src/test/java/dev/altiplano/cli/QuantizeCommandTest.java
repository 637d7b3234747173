package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class QuantizeCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void writeModel() {
        model = folder.resolve("tiny.gguf");
        target = folder.resolve("small.gguf");
        float[] weights = new float[2 * 64];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 37 % 101 - 50) / 32f;
        }
        try (GgufWriter writer = GgufWriter.create(model)) {
            writer.put("general.architecture", GgufValue.text("llama"));
            writer.put("llama.block_count", GgufValue.uint32(1));
            writer.declare("blk.0.ffn_up.weight", TensorFormat.F32, Shape.of(2, 64));
            writer.declare("blk.0.ffn_norm.weight", TensorFormat.F32, Shape.of(4));
            writer.write(MemorySegment.ofArray(weights));
            writer.write(MemorySegment.ofArray(new float[] {1, 2, 3, 4}));
            writer.finish();
        }
    }

    @Test
    void writesTheFileAndATableOfErrors() {
        assertThat(quantize(model.toString(), target.toString(), "Q4_K_M")).isZero();

        assertThat(out.toString())
                .containsPattern("blk.0.ffn_up.weight +\\[2, 64\\] +F32 +Q5_0 +88 B +0.0\\d+")
                .contains("1 tensor: Q4_K needs columns in steps of 256; Q5_0 stands in")
                .contains("1 tensor: as they were", "Q4_K_M: 528 B → 104 B");
        assertThat(err.toString()).contains("Q4_K_M: 528 B in 0:00");
        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.require("blk.0.ffn_up.weight").format()).isEqualTo(TensorFormat.Q5_0);
        }
    }

    @Test
    void printsTheSameForPrograms() {
        int exit =
                quantize(model.toString(), target.toString(), "q8_0", "--threads", "1", "--json");

        assertThat(exit).isZero();
        JsonNode root = JsonMapper.shared().readTree(out.toString());
        assertThat(root.get("type").asString()).isEqualTo("Q8_0");
        JsonNode tensor = root.get("tensors").get(0);
        assertThat(tensor.get("to").asString()).isEqualTo("Q8_0");
        assertThat(tensor.get("shape").toString()).isEqualTo("[2,64]");
        assertThat(tensor.get("rmse").asDouble()).isCloseTo(0.0035, within(0.0005));
    }

    @Test
    void warnsThatErrorsOfAQuantisedInputComeOnTop() {
        quantize(model.toString(), target.toString(), "Q8_0");

        quantize(target.toString(), folder.resolve("smaller.gguf").toString(), "Q4_0");

        assertThat(out.toString()).contains("The input is quantised already (Q8_0)");
    }

    @Test
    void answersBadInputWithOneMessageAndExitCodeTwo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.gguf"), "GGUF", StandardCharsets.UTF_8);

        assertThat(quantize(bad.toString(), target.toString(), "Q8_0")).isEqualTo(2);
        assertThat(quantize("absent.gguf", target.toString(), "Q8_0")).isEqualTo(2);
        assertThat(quantize(model.toString(), target.toString(), "Q9_Z")).isEqualTo(2);
        assertThat(quantize(model.toString(), model.toString(), "Q8_0")).isEqualTo(2);
        assertThat(quantize(folder.toString(), target.toString(), "Q8_0")).isEqualTo(2);
        assertThat(quantize(model.toString(), folder + "/no/out.gguf", "Q8_0")).isEqualTo(2);

        assertThat(err.toString().lines())
                .hasSize(6)
                .allMatch(line -> line.startsWith("altiplano: "));
        assertThat(target).doesNotExist();
    }

    @Test
    void answersAWrongNumberOfThreadsWithTheRange() {
        assertThat(quantize(model.toString(), target.toString(), "Q8_0", "--threads", "0"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("expected 1 to 256, found 0");
    }

    private int quantize(String... arguments) {
        CommandLine line =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 1];
        all[0] = "quantize";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }
}
