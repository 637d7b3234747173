package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * QK norm has the model's epsilon. In the recorded case it is too small beside q and k to be
 * noticed, so here it is 0.1.
 */
final class QkNormEpsilonTest {
    @TempDir private Path folder;

    @BeforeEach
    void aModelWithALargeEpsilon() throws IOException {
        Path original = OracleCase.path("llama4-scout-tiny");
        for (String file : new String[] {"model.safetensors", "expected.safetensors"}) {
            Files.copy(original.resolve(file), folder.resolve(file));
        }
        String config = Files.readString(original.resolve("config.json"));
        String changed = config.replace("\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": 0.1");
        assertThat(changed).isNotEqualTo(config);
        Files.writeString(folder.resolve("config.json"), changed);
    }

    static Stream<KernelTier> tiers() {
        return OracleCase.tiers();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void isTheModels(KernelTier tier) {
        try (OracleCase model = new OracleCase(folder)) {
            float[] expected = reference(model, Mistake.NONE);

            assertThat(OracleRun.worst(product(model, tier), expected, expected.length))
                    .isLessThan(2e-5);
        }
    }

    @Test
    void anotherOneWouldBeNoticed() {
        try (OracleCase model = new OracleCase(folder)) {
            float[] expected = reference(model, Mistake.NONE);
            float[] mistaken = reference(model, Mistake.QK_NORM_EPSILON_OF_ITS_OWN);

            assertThat(OracleRun.worst(mistaken, expected, expected.length)).isGreaterThan(1e-2);
        }
    }

    private static float[] reference(OracleCase model, Mistake mistake) {
        return new ReferenceLlama(model, mistake).logits(model.expectedIds("input_ids"));
    }

    private static float[] product(OracleCase model, KernelTier tier) {
        int[] ids = model.expectedIds("input_ids");
        try (WorkerTeam team = new WorkerTeam(2);
                KvCache cache = new KvCache(model.config, KvType.F32, ids.length);
                KvSequence sequence = cache.open()) {
            Batch batch = new Batch(ids.length);
            batch.add(sequence, ids, 0, ids.length, Batch.LogitsFor.ALL);
            return model.transformer(tier, team, ids.length).forward(batch, cache).values().clone();
        }
    }
}
