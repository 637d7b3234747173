package dev.altiplano.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.QuantizeReport.TensorReport;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class QuantizerTest {
    private static final int COLUMNS = 256;

    /** More weights than all chunks of one thread hold at a time. */
    private static final int ROWS = 400;

    @TempDir Path folder;

    private Path model;

    @BeforeEach
    void writeModel() {
        model = folder.resolve("model.gguf");
        write(
                model,
                Map.of(),
                Map.of("blk.0.ffn_up.weight", normal(1, ROWS * COLUMNS)),
                Map.of("blk.0.ffn_norm.weight", normal(2, COLUMNS)));
    }

    @ParameterizedTest
    @EnumSource
    void writesAModelOfEveryTypeThatOpensAgain(FileType type) {
        Path target = folder.resolve("out.gguf");

        QuantizeReport report = quantize(type, 2, target);

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.metadata().integer("general.file_type")).hasValue(type.id());
            assertThat(file.metadata().integer("general.quantization_version")).hasValue(2);
            assertThat(file.metadata().string("general.architecture")).contains("llama");
            assertThat(file.require("blk.0.ffn_norm.weight").format()).isEqualTo(TensorFormat.F32);
            for (TensorReport tensor : report.tensors()) {
                assertThat(file.require(tensor.name()).format()).isEqualTo(tensor.to());
            }
        }
    }

    @Test
    void reportsTheErrorThatAReaderOfBothFilesMeasures() {
        Path target = folder.resolve("out.gguf");

        QuantizeReport report = quantize(FileType.Q4_K_M, 2, target);

        try (GgufFile before = GgufFile.open(model);
                GgufFile after = GgufFile.open(target)) {
            for (TensorReport tensor : report.tensors()) {
                double rmse = rmse(before.require(tensor.name()), after.require(tensor.name()));
                assertThat(tensor.rmse()).isCloseTo(rmse, within(1e-12));
            }
        }
        assertThat(report.tensors().getFirst().relativeRmse()).isBetween(0.05, 0.1);
    }

    @Test
    void writesTheSameBytesForAnyNumberOfThreads() throws IOException {
        quantize(FileType.Q4_K_M, 1, folder.resolve("one.gguf"));
        quantize(FileType.Q4_K_M, 3, folder.resolve("three.gguf"));

        assertThat(folder.resolve("three.gguf"))
                .hasBinaryContent(Files.readAllBytes(folder.resolve("one.gguf")));
    }

    @Test
    void quantisesWhatIsQuantisedAlready() {
        Path half = folder.resolve("half.gguf");
        quantize(FileType.Q8_0, 1, half);

        try (GgufFile source = GgufFile.open(half)) {
            QuantizeReport report =
                    new Quantizer(FileType.Q4_0, 1, QuantizeProgress.silent())
                            .quantize(source, folder.resolve("out.gguf"));

            assertThat(report.tensors().getFirst().from()).isEqualTo(TensorFormat.Q8_0);
            assertThat(report.tensors().getFirst().to()).isEqualTo(TensorFormat.Q4_0);
        }
    }

    @Test
    void makesOneFileOfASplitModel() {
        Path first = folder.resolve("split-00001-of-00002.gguf");
        float[] up = normal(3, 2 * COLUMNS);
        float[] down = normal(4, 2 * COLUMNS);
        write(first, split(0), Map.of("blk.0.ffn_up.weight", up), Map.of());
        write(
                folder.resolve("split-00002-of-00002.gguf"),
                split(1),
                Map.of("blk.0.ffn_down.weight", down),
                Map.of());
        Path target = folder.resolve("out.gguf");

        try (GgufFile source = GgufFile.open(first)) {
            new Quantizer(FileType.BF16, 1, QuantizeProgress.silent()).quantize(source, target);
        }

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.fileCount()).isEqualTo(1);
            assertThat(file.metadata().keys()).noneMatch(key -> key.startsWith("split."));
            assertThat(file.tensors()).hasSize(2);
        }
    }

    @Test
    void tellsItsProgressUpToTheEnd() {
        List<Long> heard = new ArrayList<>();
        try (GgufFile source = GgufFile.open(model)) {
            new Quantizer(FileType.Q8_0, 2, (done, total) -> heard.add(total - done))
                    .quantize(source, folder.resolve("out.gguf"));
        }

        assertThat(heard).isSortedAccordingTo((a, b) -> Long.compare(b, a)).endsWith(0L);
    }

    @Test
    void namesTheTensorAndTheWeightThatIsNotANumberAndLeavesNoFile() {
        float[] weights = normal(5, ROWS * COLUMNS);
        weights[70_000] = Float.NaN;
        write(model, Map.of(), Map.of("blk.0.ffn_up.weight", weights), Map.of());

        assertThatThrownBy(() -> quantize(FileType.Q4_K_M, 2, folder.resolve("out.gguf")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("model.gguf", "blk.0.ffn_up.weight", "NaN", "70000");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(model));
    }

    @Test
    void refusesWeightsThatBinary16WouldTurnIntoInfinity() {
        float[] weights = normal(6, COLUMNS * 2);
        weights[5] = 1e6f;
        write(model, Map.of(), Map.of("blk.0.ffn_up.weight", weights), Map.of());

        assertThatThrownBy(() -> quantize(FileType.F16, 1, folder.resolve("out.gguf")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("F16", "1000000.0", "BF16");
        assertThat(quantize(FileType.BF16, 1, folder.resolve("out.gguf")).tensors()).hasSize(1);
    }

    @Test
    void refusesToWriteOverItsInput() {
        assertThatThrownBy(() -> quantize(FileType.Q8_0, 1, model))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContaining("model.gguf");
    }

    @Test
    void namesTheTypesThereAreWhenOneIsUnknown() {
        assertThatThrownBy(() -> FileType.of("Q3_X"))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("Q3_X", "Q4_K_M", "Q8_0");
    }

    private QuantizeReport quantize(FileType type, int threads, Path target) {
        try (GgufFile source = GgufFile.open(model)) {
            return new Quantizer(type, threads, QuantizeProgress.silent()).quantize(source, target);
        }
    }

    private static Map<String, GgufValue> split(int number) {
        return Map.of(
                "split.no", GgufValue.uint32(number),
                "split.count", GgufValue.uint32(2),
                "split.tensors.count", GgufValue.uint32(2));
    }

    /** Matrices with {@link #COLUMNS} columns, then vectors. */
    private static void write(
            Path path,
            Map<String, GgufValue> metadata,
            Map<String, float[]> matrices,
            Map<String, float[]> vectors) {
        try (GgufWriter writer = GgufWriter.create(path)) {
            writer.put("general.architecture", GgufValue.text("llama"));
            writer.put("llama.block_count", GgufValue.uint32(1));
            metadata.forEach(writer::put);
            matrices.forEach(
                    (name, weights) ->
                            writer.declare(
                                    name,
                                    TensorFormat.F32,
                                    Shape.of(weights.length / COLUMNS, COLUMNS)));
            vectors.forEach(
                    (name, weights) ->
                            writer.declare(name, TensorFormat.F32, Shape.of(weights.length)));
            Stream.concat(matrices.values().stream(), vectors.values().stream())
                    .map(MemorySegment::ofArray)
                    .forEach(writer::write);
            writer.finish();
        }
    }

    private static float[] normal(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double rmse(Tensor before, Tensor after) {
        float[] expected = before.decode();
        float[] found = after.decode();
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow((double) found[i] - expected[i], 2);
        }
        return Math.sqrt(squares / expected.length);
    }
}
