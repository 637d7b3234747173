package dev.altiplano.planner.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;

/** The formula of every term gives the value beside it. */
public final class TermAssert {
    private TermAssert() {}

    public static void assertTermsHold(List<Term> terms) {
        assertThat(terms)
                .isNotEmpty()
                .allSatisfy(
                        term -> {
                            assertThat(Arithmetic.value(term.formula()))
                                    .as("%s = %s", term.name(), term.formula())
                                    .isCloseTo(term.value(), withinPercentage(0.001));
                            assertThat(term.source()).isNotBlank();
                        });
    }
}
