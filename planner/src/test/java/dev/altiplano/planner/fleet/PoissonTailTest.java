package dev.altiplano.planner.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoissonTailTest {
    @ParameterizedTest(name = "P(X >= {0}), mean {1}")
    @CsvSource({
        // By hand: 1 - e^-m (1 + m + ...)
        "1, 0.5, 0.3934693402873666",
        "2, 1, 0.2642411176571153",
        "5, 2, 0.05265301734371115",
        "2, 1e-8, 5e-17",
        "3, 0.004, 1.0634718e-8",
    })
    void agreesWithTheSumOfTheTerms(int count, double mean, double expected) {
        assertThat(PoissonTail.atLeast(count, mean)).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void isOneUpToTheMeanAndNothingFarAboveIt() {
        assertThat(PoissonTail.atLeast(0, 1e-9)).isEqualTo(1);
        assertThat(PoissonTail.atLeast(7, 7.5)).isEqualTo(1);
        assertThat(PoissonTail.atLeast(Integer.MAX_VALUE, 3)).isZero();
    }
}
