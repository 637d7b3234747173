package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.compute.KernelTier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our numbers against those of the reference implementation, whole models at a time. */
final class OracleTest {
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "llama3-tiny, SCALAR",
        "llama3-tiny, VECTOR",
        "llama3-tied-bf16, SCALAR",
        "llama3-tied-bf16, VECTOR",
        "llama4-scout-tiny, SCALAR",
        "llama4-scout-tiny, VECTOR",
        "llama4-maverick-tiny, SCALAR",
        "llama4-maverick-tiny, VECTOR",
        "llama4-top2-tiny, SCALAR",
        "llama4-top2-tiny, VECTOR",
        "llama4-vision-tiny, SCALAR",
        "llama4-vision-tiny, VECTOR"
    })
    void computesWhatTheReferenceComputes(String name, KernelTier tier) {
        OracleRun run = OracleRun.of(name, tier);

        assertThat(run.logits()).isLessThan(2e-3);
        assertThat(run.hidden()).isLessThan(2e-3);
        assertThat(run.greedyEqual()).isEqualTo(run.greedy());
    }
}
