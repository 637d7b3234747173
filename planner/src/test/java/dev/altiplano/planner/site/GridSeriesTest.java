package dev.altiplano.planner.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.problem.PlannerException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GridSeriesTest {
    private static final String HEADER = "hour,kg_per_kwh,usd_per_kwh";

    @Test
    void weighsEachHourWithItsOwnFactorAndPrice() {
        GridSeries series =
                GridSeriesCsv.read("grid.csv", List.of(HEADER, "0,0.5,0.10", "1,0.2,-0.01", ""));
        PowerCurve curve =
                new PowerCurve(new double[] {0, 5_400}, new double[] {1_000_000, 0}, 7_200);

        assertThat(series.carbon(curve).kilograms())
                .isCloseTo(1_000 * 0.5 + 500 * 0.2, within(1e-9));
        assertThat(series.cost(curve)).isEqualTo(Money.usd("95"));
    }

    @Test
    void refusesARunThatOutlastsTheSeries() {
        GridSeries series = GridSeriesCsv.read("grid.csv", List.of(HEADER, "0,0.5,0.10"));

        assertThatThrownBy(
                        () ->
                                series.carbon(
                                        new PowerCurve(new double[] {0}, new double[] {1}, 7_200)))
                .isInstanceOf(PlannerException.class)
                .hasMessage(
                        "E005 the hourly series has 1 hours, the run lasts 2.0; give every hour"
                                + " from the start of the run, counted from 0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1,0.2 | E005 2 columns, the header has 3 (grid.csv line 3)",
                "2,0.2,0.1 | E005 hour '2', expected 1 (grid.csv line 3)",
                "1,x,0.1 | E005 kg_per_kwh 'x' is not a number (grid.csv line 3)",
                "1,NaN,0.1 | E401 kg_per_kwh NaN is outside 0.0 to 2.0 (grid.csv line 3)",
                "1,454,0.1 | E401 kg_per_kwh 454.0 is outside 0.0 to 2.0 (grid.csv line 3)"
            })
    void namesTheLineOfEachProblem(String line, String message) {
        assertThatThrownBy(() -> GridSeriesCsv.read("grid.csv", List.of(HEADER, "0,0.5,0.1", line)))
                .isInstanceOf(PlannerException.class)
                .hasMessage(message);
    }

    @Test
    void takesTheMeanOfTheHoursThatALoadLasts() {
        GridSeries series =
                GridSeriesCsv.read("grid.csv", List.of(HEADER, "0,0.5,0.10", "1,0.2,-0.02"));

        assertThat(series.meanKgPerKwh(1)).isCloseTo(0.5, within(1e-12));
        assertThat(series.meanKgPerKwh(1.5)).isCloseTo(0.6 / 1.5, within(1e-12));
        assertThat(series.meanPricePerKwh(2)).isCloseTo(0.04, within(1e-12));
        assertThatThrownBy(() -> series.meanKgPerKwh(2.1)).hasMessageContaining("E005");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> GridSeriesCsv.read(Path.of("nowhere.csv")))
                .isInstanceOf(PlannerException.class)
                .hasMessage(
                        "E001 cannot read nowhere.csv: there is no such file; give the path of a text"
                                + " file");
    }

    @Test
    void refusesAFileOfAnotherKind() {
        assertThatThrownBy(() -> GridSeriesCsv.read("grid.csv", List.of("a,b", "0,1")))
                .isInstanceOf(PlannerException.class)
                .hasMessageContainingAll("E005", "'a,b'", HEADER, "grid.csv line 1");
    }
}
