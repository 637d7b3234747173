package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mistakes 10 and 11, and others of their kind, each made on purpose by {@link ReferenceVision}:
 * the oracle case notices every one. {@link VisionEncoderTest} holds the product to the same case.
 * Mistakes 12 and 13 are in {@link ImageTilerTest}.
 */
final class VisionMistakesTest {
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theOracleNotices(VisionMistake mistake) {
        assertThat(difference(mistake)).isGreaterThan(1e-2);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE")
    void theReferenceWithoutAMistakeAgreesWithTheOracle(VisionMistake none) {
        assertThat(difference(none)).isLessThan(2e-5);
    }

    private static double difference(VisionMistake mistake) {
        try (VisionCase oracle = new VisionCase()) {
            ReferenceVision reference = new ReferenceVision(oracle, mistake);
            float[] adapted = reference.adapted(oracle.tiles().getFirst());
            return VisionCase.worst(adapted, firstTile(oracle));
        }
    }

    private static float[] firstTile(VisionCase oracle) {
        int values = oracle.config.vectorsPerTile() * oracle.config.adapterWidth();
        return VisionCase.split(oracle.expected("vision"), values).getFirst();
    }
}
