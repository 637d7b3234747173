package dev.altiplano.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.planner.problem.PlannerException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsFileTest {
    private static final ClaimChecker CHECKER = ClaimChecker.standard();

    private static List<ClaimResult> check(String text) {
        return ClaimsFile.check("claims.yaml", text, CHECKER);
    }

    @Test
    void partsAreJudgedLikeTheSentence() {
        List<ClaimResult> results =
                check(
                        """
                        claims:
                          - {subject: 100000 h100, quantity: power, value: 150, unit: MW, boundary: facility}
                          - {claim: 100000 h100 = 150 MW facility}
                        """);

        assertThat(results.get(0).verdict()).isEqualTo(Verdict.CONSISTENT_ONLY_AS);
        assertThat(results.get(0).readings()).isEqualTo(results.get(1).readings());
    }

    @Test
    void jsonIsReadToo() {
        assertThat(check("{\"claims\": [{\"claim\": \"2000 MWh x 0.4 kg/kWh = 800 t\"}]}"))
                .singleElement()
                .extracting(ClaimResult::verdict)
                .isEqualTo(Verdict.CONSISTENT);
    }

    @Test
    void aReadingOfAnotherPeriodIsShownButDoesNotCount() {
        List<ClaimResult> results =
                check(
                        """
                        claims:
                          - claim: +9 %
                            period: Q3 2024
                            readings:
                              - {name: nine months, is: 70100 / 64424 - 1, period: 9M 2024}
                              - {name: quarter, is: 14 %, period: Q3 2024, expected: true}
                        """);

        assertThat(results.getFirst().verdict()).isEqualTo(Verdict.INCONSISTENT);
        assertThat(results.getFirst().readings()).hasSize(2);
    }

    @Test
    void anUnknownKeyIsRefusedWithItsLineAndTheNearestOne() {
        assertThatThrownBy(() -> check("claims:\n  - {claim: 1 = 1, sorce: me}\n"))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("did you mean source?");
    }

    @Test
    void aClaimWithoutAnythingToCheckIsRefused() {
        assertThatThrownBy(() -> check("claims:\n  - {id: empty}\n"))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E004");
    }
}
