package dev.altiplano.planner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlannerExceptionTest {
    @Test
    void tellsEveryProblemOnALineOfItsOwn() {
        Problem pue =
                Problem.of(ErrorCode.E202, "pue 0.9 below 1")
                        .at(new Place("plan.yaml", 12, "site.pue"))
                        .allowing("1 to 5")
                        .hinting("Meta's is 1.08");
        Problem heads = Problem.of(ErrorCode.E105, "heads 40 not divisible by tp 16");

        assertThat(new PlannerException(List.of(pue, heads)))
                .hasMessage(
                        "E202 pue 0.9 below 1 (plan.yaml line 12, site.pue); allowed: 1 to 5;"
                                + " Meta's is 1.08\n"
                                + "E105 heads 40 not divisible by tp 16");
    }
}
