package dev.altiplano.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelWorkTest {
    private static final Workload PROMPT = new Workload(10, 0, 0);

    @TempDir private Path folder;
    private final Map<String, Shape> tensors = new LinkedHashMap<>();

    @BeforeEach
    void declareADenseModel() {
        tensors.put("token_embd.weight", Shape.of(100, 32));
        tensors.put("output_norm.weight", Shape.of(32));
        tensors.put("blk.0.ffn_up.weight", Shape.of(64, 32));
    }

    @Test
    void countsTheEmbeddingWhereItIsTheOutputButNotForPrompts() {
        ModelWork work = work();

        assertThat(work.weightBytes()).isEqualTo(4 * (3200 + 2048));
        assertThat(work.decodeOperations()).isEqualTo(2 * (3200 + 2048));
        assertThat(work.prefillOperations()).isEqualTo(2 * 2048);
    }

    @Test
    void leavesOutAnEmbeddingBesideItsOwnOutput() {
        tensors.put("output.weight", Shape.of(100, 32));

        assertThat(work().weightBytes()).isEqualTo(4 * (3200 + 2048));
    }

    @Test
    void countsTheExpertsThatATokenGoesTo() {
        tensors.put("blk.0.ffn_up_exps.weight", Shape.of(4, 64, 32));

        assertThat(work().prefillOperations()).isEqualTo(2 * (2048 + 2048));
    }

    @Test
    void readsWeightsOnceForAllTokensOfAPrompt() {
        double perByte = work().operationsPerByte(PROMPT);

        assertThat(perByte).isEqualTo(10 * 2.0 * 2048 / (4 * (3200 + 2048)));
    }

    private ModelWork work() {
        Path file = folder.resolve("m.gguf");
        try (GgufWriter writer = GgufWriter.create(file)) {
            writer.put("general.architecture", GgufValue.text("llama4"));
            writer.put("llama4.expert_count", GgufValue.uint32(4));
            writer.put("llama4.expert_used_count", GgufValue.uint32(1));
            tensors.forEach((name, shape) -> writer.declare(name, TensorFormat.F32, shape));
            for (Shape shape : tensors.values()) {
                int bytes = Math.toIntExact(shape.elements() * Float.BYTES);
                writer.write(MemorySegment.ofArray(new byte[bytes]));
            }
            writer.finish();
        }
        return ModelWork.of(file);
    }
}
