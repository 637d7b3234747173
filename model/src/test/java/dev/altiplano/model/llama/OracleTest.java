package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our numbers against those of the reference implementation, whole models at a time. */
final class OracleTest {
    private static final List<String> CASES =
            List.of(
                    "llama3-tiny",
                    "llama3-tied-bf16",
                    "llama4-scout-tiny",
                    "llama4-maverick-tiny",
                    "llama4-top2-tiny",
                    "llama4-vision-tiny");

    private static final double F16_BOUND = 3e-3;
    private static final double Q8_0_BOUND = 0.15;

    static Stream<Arguments> runs() {
        return CASES.stream()
                .flatMap(name -> OracleCase.tiers().map(tier -> Arguments.of(name, tier)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runs")
    void computesWhatTheReferenceComputes(String name, KernelTier tier) {
        OracleRun run = OracleRun.of(name, tier, KvType.F32);

        assertThat(run.logits()).isLessThan(2e-3);
        assertThat(run.hidden()).isLessThan(2e-3);
        assertThat(run.greedyEqual()).isEqualTo(run.greedy());
    }

    /** A token whose experts lie close together may get another one, and its logits with it. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runs")
    void aSmallerCacheMovesTheLogitsOfMostTokensByLittle(String name, KernelTier tier) {
        assertThat(OracleRun.of(name, tier, KvType.F16).median()).isLessThan(F16_BOUND);
        assertThat(OracleRun.of(name, tier, KvType.Q8_0).median()).isLessThan(Q8_0_BOUND);
    }
}
