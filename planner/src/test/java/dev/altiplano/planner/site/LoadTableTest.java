package dev.altiplano.planner.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadTableTest {
    /** One published sweep: load %, measured W, linear W, published error. */
    record Sweep(String name, List<double[]> rows) {
        List<LoadTable.Point> points() {
            return rows.stream().map(row -> new LoadTable.Point(row[0] / 100, row[1])).toList();
        }

        double[] column(int column) {
            return rows.stream().mapToDouble(row -> row[column]).toArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sweep> sweeps() throws IOException {
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        LoadTableTest.class.getResourceAsStream(
                                                "cpu-power-sweeps.csv")),
                                StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                double[] row = new double[4];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.parseDouble(cells[i + 1]);
                }
                rows.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(row);
            }
        }
        assertThat(rows).hasSize(10);
        return rows.entrySet().stream().map(e -> new Sweep(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sweeps")
    void theLinearModelErrsAsPublished(Sweep sweep) {
        double error = UncalibratedPower.meanError(sweep.column(2), sweep.column(1));

        assertThat(error).isCloseTo(sweep.rows().getFirst()[3], within(0.006));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sweeps")
    void theTableErrsByElevenPercentAtMostBetweenItsPoints(Sweep sweep) {
        assertThat(LoadTable.innerError(sweep.points())).isBetween(0.02, 0.11);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void moreLoadNeverDrawsLess(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LoadTable.Point> noisy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            noisy.add(new LoadTable.Point(random.nextDouble(), random.nextDouble(100)));
        }
        LoadTable table = LoadTable.calibrate(noisy);

        for (int percent = 0; percent < 100; percent++) {
            assertThat(table.wattsAt((percent + 1) / 100.0))
                    .isGreaterThanOrEqualTo(table.wattsAt(percent / 100.0));
        }
    }

    @Test
    void aRisingSweepIsKeptAsMeasured() {
        List<LoadTable.Point> rising = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            rising.add(new LoadTable.Point(i / 10.0, 20 + i * i));
        }
        LoadTable table = LoadTable.calibrate(rising.reversed());

        assertThat(table.points()).isEqualTo(rising);
        assertThat(table.wattsAt(0.55)).isCloseTo(20 + (25 + 36) / 2.0, within(1e-9));
    }

    @Test
    void sevenLoadsAreTooFew() {
        List<LoadTable.Point> few = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            few.add(new LoadTable.Point(Math.floorDiv(i, 2) / 10.0, 20 + i));
        }

        assertThatThrownBy(() -> LoadTable.calibrate(few))
                .isInstanceOf(PlannerException.class)
                .hasMessageContainingAll("E005", "7 load points", "8 or more");
    }

    @Test
    void withoutCalibrationTheBandIsHalfToDouble() {
        Quantity power = UncalibratedPower.at(120, 0.5);

        assertThat(power.low()).isEqualTo(30);
        assertThat(power.likely()).isEqualTo(60);
        assertThat(power.high()).isEqualTo(120);
        assertThat(power.grade()).isEqualTo(Grade.ASSUMED);
    }
}
