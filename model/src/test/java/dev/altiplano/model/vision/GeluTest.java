package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class GeluTest {
    @Test
    void agreesWithTheSeriesOfTheErrorFunction() {
        for (double x = -3.99; x < 4; x += 0.01) {
            assertThat(Gelu.erf(x)).as("erf(%s)", x).isCloseTo(series(x), within(1e-14));
        }
    }

    @Test
    void isZeroFarBelowAndTheValueItselfFarAbove() {
        float[] x = {-1e30f, -20, -6, 0, 6, 20, 1e30f};

        Gelu.apply(x, 0, x.length);

        assertThat(x).containsExactly(new float[] {0, 0, 0, 0, 6, 20, 1e30f}, within(0f));
    }

    @Test
    void changesOnlyItsRange() {
        float[] x = {1, 1, 1};

        Gelu.apply(x, 1, 2);

        assertThat(x).containsExactly(1, (float) (0.5 * (1 + series(Math.sqrt(0.5)))), 1);
    }

    /** erf(x) = 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!; all terms have one sign. */
    private static double series(double x) {
        double term = x;
        double sum = 0;
        for (int n = 0; n < 200; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
