package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.file.SafetensorsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InspectCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model = Path.of("");

    @BeforeEach
    void writeModel() {
        model = folder.resolve("tiny.gguf");
        try (GgufWriter writer = GgufWriter.create(model)) {
            // An architecture that we do not run, for inspect does not care.
            writer.put("general.architecture", GgufValue.text("rwkv7"));
            writer.put("rwkv7.block_count", GgufValue.uint32(1));
            writer.put(
                    "tokenizer.ggml.tokens", GgufValue.strings(Collections.nCopies(500, "a\nb")));
            writer.declare("norm", TensorFormat.F32, Shape.of(4));
            writer.declare("mix", TensorFormat.BF16, Shape.of(2, 2));
            writer.write(MemorySegment.ofArray(new float[] {1, -2, 3, 0.5f}));
            writer.write(MemorySegment.ofArray(new short[] {0x3F80, 0x4000, 0x4040, 0x4080}));
            writer.finish();
        }
    }

    @Test
    void showsMetadataAndTensorsWithLongArraysShortened() {
        assertThat(inspect(model.toString())).isZero();

        assertThat(out.toString())
                .contains("GGUF v3", "2 tensors", "rwkv7.block_count")
                .containsPattern("tokenizer.ggml.tokens +STRING\\[500\\] +\\[\"a\\\\nb\",")
                .containsPattern("mix +BF16 +\\[2, 2\\]")
                .hasLineCount(18);
    }

    @Test
    void printsTheSameForPrograms() {
        assertThat(inspect(model.toString(), "--json")).isZero();

        JsonNode root = JsonMapper.shared().readTree(out.toString());
        JsonNode metadata = root.get("metadata");
        assertThat(metadata.get("rwkv7.block_count").asInt()).isEqualTo(1);
        assertThat(metadata.get("tokenizer.ggml.tokens").get("count").asInt()).isEqualTo(500);
        assertThat(root.get("tensors").get(1).get("shape").toString()).isEqualTo("[2,2]");
    }

    @Test
    void writesTheDecodedValuesOfSeveralTensors() {
        Path values = folder.resolve("values.safetensors");

        int exit =
                inspect(
                        model.toString(),
                        "--tensor",
                        "mix",
                        "--tensor",
                        "norm",
                        "--tensor",
                        "mix",
                        "--out",
                        values.toString());

        assertThat(exit).isZero();
        try (SafetensorsFile file = SafetensorsFile.open(values)) {
            assertThat(file.tensors().stream().map(Tensor::name)).containsExactly("mix", "norm");
            assertThat(file.require("mix").decode()).containsExactly(1, 2, 3, 4);
            assertThat(file.require("mix").shape()).isEqualTo(Shape.of(2, 2));
            assertThat(file.require("norm").decode()).containsExactly(1, -2, 3, 0.5f);
        }
    }

    @Test
    void knowsASafetensorsFileByItsContent() {
        Path other = folder.resolve("values.st");
        assertThat(inspect(model.toString(), "--tensor", "mix", "--out", other.toString()))
                .isZero();

        assertThat(inspect(other.toString())).isZero();

        assertThat(out.toString()).containsPattern("mix +F32 +\\[2, 2\\]");
    }

    @Test
    void showsFiguresOfATensor() {
        assertThat(inspect(model.toString(), "--tensor", "norm")).isZero();

        assertThat(out.toString()).contains("-2.0000", "3.0000", "0.62500");
    }

    @Test
    void answersBadInputWithOneMessageAndExitCodeTwo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.gguf"), "GGUF", StandardCharsets.UTF_8);

        assertThat(inspect(bad.toString())).isEqualTo(2);
        assertThat(inspect(model.toString(), "--tensor", "absent")).isEqualTo(2);
        assertThat(inspect(model.toString(), "--out", "x.safetensors")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .anyMatch(line -> line.startsWith("altiplano: bad.gguf, byte 4: expected"))
                .anyMatch(
                        line ->
                                line.contains("tiny.gguf: expected a tensor 'absent'")
                                        && line.endsWith("The nearest: norm, mix."))
                .anyMatch(line -> line.contains("--out needs at least one --tensor"));
    }

    private int inspect(String... arguments) {
        CommandLine line =
                Altiplano.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }
}
