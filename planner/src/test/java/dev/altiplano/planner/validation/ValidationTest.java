package dev.altiplano.planner.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ValidationTest {
    private static final ValidationReport REPORT = Validation.run();

    static Stream<CheckResult> results() {
        return REPORT.checks().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void agreesWithWhatWasPublished(CheckResult result) {
        assertThat(result.verdict()).isNotEqualTo(Verdict.MISS);
    }

    @Test
    void flagsEveryPublishedError() {
        assertThat(REPORT.with(Verdict.FLAGGED))
                .extracting(CheckResult::checkId)
                .contains(
                        "row3-v1-dp4",
                        "share-faulty-GPU",
                        "gpu-share",
                        "llama3.3-70b",
                        "llama3.2-hours",
                        "megascale-12288-pflops",
                        "1024",
                        "average-mw")
                .hasSize(11);
    }
}
