package dev.altiplano.planner.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PropagationTest {
    @ParameterizedTest(name = "points {0}, {1}, {2}")
    @CsvSource({"1, 2, 3", "0, 1, 10", "5, 5, 9", "60, 70, 100", "-3, 2, 2", "4, 4, 4"})
    void aTriangleHasItsPointsAtTenAndNinetyPercent(double low, double mode, double high) {
        Triangular triangle = Triangular.ofPoints(low, mode, high);

        assertThat(triangle.quantile(0.1)).isCloseTo(low, within(1e-6));
        assertThat(triangle.quantile(0.9)).isCloseTo(high, within(1e-6));
    }

    @Test
    void anInputAloneKeepsItsBand() {
        Quantity watts = band(60, 70, 100, "W", Grade.ASSUMED);

        Estimate estimate = Propagation.of(Map.of("idle", watts), Unit.of("W"), d -> d.get("idle"));

        assertThat(estimate.value().low()).isCloseTo(60, within(0.1));
        assertThat(estimate.value().likely()).isEqualTo(70);
        assertThat(estimate.value().high()).isCloseTo(100, within(0.1));
        assertThat(estimate.movers().getFirst().share()).isCloseTo(1, within(1e-9));
    }

    @Test
    void sharesTheVarianceOfASumAsTheVariancesOfItsParts() {
        Map<String, Quantity> inputs = new LinkedHashMap<>();
        inputs.put("small", band(-1, 0, 1, "", Grade.MEASURED));
        inputs.put("large", band(-3, 0, 3, "", Grade.FITTED));
        inputs.put("fixed", band(5, 5, 5, "", Grade.ASSUMED));

        Estimate estimate =
                Propagation.of(
                        inputs, Unit.NONE, d -> d.get("small") + d.get("large") + d.get("fixed"));

        // Variances are as 1 to 9.
        assertThat(estimate.movers()).hasSize(2);
        assertThat(estimate.movers().get(0).input()).isEqualTo("large");
        assertThat(estimate.movers().get(0).share()).isCloseTo(0.9, within(0.03));
        assertThat(estimate.movers().get(1).share()).isCloseTo(0.1, within(0.06));
    }

    @Test
    void theGradeIsTheWorstOfWhatMovesTheResult() {
        Map<String, Quantity> inputs = new LinkedHashMap<>();
        inputs.put("large", band(50, 100, 150, "", Grade.STATED));
        inputs.put("tiny", band(0.99, 1, 1.01, "", Grade.ASSUMED));

        Estimate estimate = Propagation.of(inputs, Unit.NONE, d -> d.get("large") * d.get("tiny"));

        assertThat(estimate.value().grade()).isEqualTo(Grade.STATED);
    }

    @Test
    void aResultThatNothingMovesIsAsGoodAsItsWorstInput() {
        Map<String, Quantity> inputs =
                Map.of(
                        "a", band(2, 2, 2, "", Grade.MEASURED),
                        "b", band(3, 3, 3, "", Grade.ASSUMED));

        Estimate estimate = Propagation.of(inputs, Unit.NONE, d -> d.get("a") * d.get("b"));

        assertThat(estimate.value())
                .isEqualTo(new Quantity(6, 6, 6, Unit.NONE, Grade.ASSUMED, "computed", ""));
        assertThat(estimate.movers()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void bandsAgreeWithPlainRandomSampling(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Quantity a = band(1, 2, 4, "", Grade.STATED);
        Quantity b = band(10, 11, 13, "", Grade.STATED);
        Triangular ta = Triangular.ofPoints(1, 2, 4);
        Triangular tb = Triangular.ofPoints(10, 11, 13);
        double[] products =
                random.doubles(200_000)
                        .map(p -> ta.quantile(p) * tb.quantile(random.nextDouble()))
                        .sorted()
                        .toArray();

        Estimate estimate =
                Propagation.of(Map.of("a", a, "b", b), Unit.NONE, d -> d.get("a") * d.get("b"));

        assertThat(estimate.value().low()).isCloseTo(products[20_000], within(0.3));
        assertThat(estimate.median()).isCloseTo(products[100_000], within(0.3));
        assertThat(estimate.value().high()).isCloseTo(products[180_000], within(0.6));
    }

    private static Quantity band(double low, double likely, double high, String unit, Grade grade) {
        return new Quantity(low, likely, high, Unit.of(unit), grade, "test", "");
    }
}
