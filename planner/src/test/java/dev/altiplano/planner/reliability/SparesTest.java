package dev.altiplano.planner.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SparesTest {
    @ParameterizedTest(name = "mean {0}, epsilon {1}")
    @CsvSource({
        "0, 0.01",
        "0.01, 0.01",
        "0.5, 0.01",
        "3, 0.01",
        "12, 0.001",
        "12, 0.7",
        "150, 0.01",
        "150, 0.999",
        "400, 1e-6",
    })
    void isTheSmallestNumberWithATailBelowEpsilon(double mean, double epsilon) {
        int spares = Spares.needed(mean, 1, epsilon);

        assertThat(tail(mean, spares)).isLessThanOrEqualTo(epsilon);
        if (spares > 0) {
            assertThat(tail(mean, spares - 1)).isGreaterThan(epsilon);
        }
    }

    @Test
    void staysExactWhereTheFirstTermUnderflows() {
        // Normal approximation: mean + 2.3263 sqrt(mean).
        assertThat(Spares.needed(1_000_000, 1, 0.01)).isBetween(1_002_320, 1_002_335);
    }

    @ParameterizedTest(name = "epsilon {0}")
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void refusesAnEpsilonThatIsNoChance(double epsilon) {
        assertThatThrownBy(() -> Spares.needed(1, 1, epsilon))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("epsilon");
    }

    @ParameterizedTest(name = "{0} / {1} / {2} s")
    @CsvSource({"60, 240, 600", "24, 48, 168", "0, 10, 10", "5, 5, 9"})
    void aSpreadHasItsPointsAtTenAndNinetyPercent(double low, double likely, double high) {
        Spread spread = new Spread(low, likely, high);

        if (likely > low) {
            assertThat(spread.quantileSeconds(0.1)).isCloseTo(low, within(1e-6 * high));
        }
        if (high > likely) {
            assertThat(spread.quantileSeconds(0.9)).isCloseTo(high, within(1e-6 * high));
        }
    }

    @Test
    void aSpreadHasTheMeanOfItsTriangle() {
        Spread repair = Spread.REPAIR;
        double sum = 0;
        int points = 100_000;
        for (int i = 0; i < points; i++) {
            sum += repair.quantileSeconds((i + 0.5) / points);
        }

        // The cut at zero lifts the mean a little.
        assertThat(sum / points).isCloseTo(repair.meanSeconds(), within(0.01 * sum / points));
    }

    @Test
    void aConstantSpreadIsConstant() {
        assertThat(Spread.constant(7).quantileSeconds(0)).isEqualTo(7);
        assertThat(Spread.constant(7).quantileSeconds(0.999)).isEqualTo(7);
        assertThat(Spread.constant(7).meanSeconds()).isEqualTo(7);
    }

    private static double tail(double mean, int spares) {
        double term = Math.exp(-mean);
        double above = 0;
        for (int k = 0; k <= spares + 2_000; k++) {
            above += k > spares ? term : 0;
            term *= mean / (k + 1);
        }
        return above;
    }
}
