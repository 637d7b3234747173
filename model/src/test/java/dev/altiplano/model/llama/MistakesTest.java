package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The mistakes that others made, each made on purpose by {@link ReferenceLlama}: the oracle case
 * notices every one. {@link OracleTest} holds the product to the same case, so it would fail if the
 * product made one of them. For the epsilon see {@link QkNormEpsilonTest}.
 */
final class MistakesTest {
    private static final double TOLERANCE = 2e-3;

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "QK_NORM_BEFORE_ROTATION", "QK_NORM_EPSILON_OF_ITS_OWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void theOracleNotices(Mistake mistake) {
        assertThat(difference(mistake)).isGreaterThan(5 * TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "QK_NORM_BEFORE_ROTATION"})
    void theReferenceWithoutAMistakeAgreesWithTheOracle(Mistake mistake) {
        assertThat(difference(mistake)).isLessThan(2e-5);
    }

    /** The largest difference of a logit from what transformers computes. */
    static double difference(Mistake mistake) {
        try (OracleCase oracle = new OracleCase("llama4-scout-tiny")) {
            float[] found =
                    new ReferenceLlama(oracle, mistake).logits(oracle.expectedIds("input_ids"));
            return OracleRun.worst(found, oracle.expected("logits"), found.length);
        }
    }
}
