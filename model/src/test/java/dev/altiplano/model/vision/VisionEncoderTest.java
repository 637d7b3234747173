package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.WorkerTeam;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our vectors against those of the reference; logits and greedy ids are in {@code OracleTest}. */
final class VisionEncoderTest {
    private static final double TOLERANCE = 2e-5; // of values up to 18

    @ParameterizedTest
    @MethodSource("dev.altiplano.model.llama.OracleCase#tiers")
    void computesWhatTheReferenceComputes(KernelTier tier) {
        try (VisionCase oracle = new VisionCase();
                WorkerTeam workers = new WorkerTeam(2)) {
            VisionEncoder encoder = oracle.encoder(tier, workers);
            List<float[]> tiles = oracle.tiles();
            int vectorsWidth = oracle.config.vectorsPerTile() * oracle.config.adapterWidth();
            List<float[]> adapted = VisionCase.split(oracle.expected("vision"), vectorsWidth);

            for (int tile = 0; tile < tiles.size(); tile++) {
                encoder.encode(List.of(tiles.get(tile)));
                assertThat(VisionCase.worst(encoder.adapted(), adapted.get(tile)))
                        .isLessThan(TOLERANCE);
            }
            assertThat(VisionCase.worst(encoder.encode(tiles), oracle.expected("projected")))
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.model.llama.OracleCase#tiers")
    void givesTheSameBitsWhateverTheThreads(KernelTier tier) {
        try (VisionCase oracle = new VisionCase();
                WorkerTeam one = new WorkerTeam(1);
                WorkerTeam three = new WorkerTeam(3)) {
            float[] alone = oracle.encoder(tier, one).encode(oracle.tiles());

            assertThat(oracle.encoder(tier, three).encode(oracle.tiles())).containsExactly(alone);
        }
    }

    @Test
    void remembersNothingOfTheTileBefore() {
        try (VisionCase oracle = new VisionCase();
                WorkerTeam one = new WorkerTeam(1)) {
            List<float[]> last = oracle.tiles().subList(2, 3);
            VisionEncoder used = oracle.encoder(KernelTier.SCALAR, one);
            used.encode(oracle.tiles().subList(0, 2));

            float[] fresh = oracle.encoder(KernelTier.SCALAR, one).encode(last);
            assertThat(used.encode(last)).containsExactly(fresh);
        }
    }
}
