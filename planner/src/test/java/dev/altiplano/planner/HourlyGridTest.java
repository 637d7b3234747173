package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.simulation.RunInput;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.simulation.RunSimulation;
import dev.altiplano.planner.simulation.Trace;
import dev.altiplano.planner.site.GridSeries;
import dev.altiplano.planner.site.PowerCurve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan with {@code site.series}: the grid hour by hour. */
final class HourlyGridTest {
    private static final String PLAN =
            """
            model: llama-3.1-8b
            training: {tokens: 40B, batch_tokens: 4194304}
            cluster: {accelerator: h100-sxm, gpus: 512, spares: 0}
            layout: {tp: 1, dp: 512, zero: 3, recompute: full}
            site: {region: OH, series: grid.csv}
            """;

    @TempDir private Path folder;

    @Test
    void weighsEnergyWithTheHoursOfTheRun() throws IOException {
        series(100, hour -> hour < 2 ? "0.1,0.02" : "0.9,0.2");

        Plan plan = plan();

        double hours = plan.failures().trainingDays().value().in(Unit.of("h")).likely();
        assertThat(hours).isBetween(2.5, 50.0);
        double kg = (2 * 0.1 + (hours - 2) * 0.9) / hours;
        double usd = (2 * 0.02 + (hours - 2) * 0.2) / hours;
        double kwh = plan.power().kilowattHours();
        assertThat(plan.carbon().report().location().kilograms())
                .isCloseTo(kwh * kg, within(1e-9 * kwh));
        assertThat(plan.money().electricity().energyUsd()).isCloseTo(kwh * usd, within(1e-9 * kwh));
    }

    @Test
    void leavesATariffThatThePlanNames() throws IOException {
        series(100, hour -> "0.1,0.02");

        Plan plan = plan("money.tariff=0.5 USD/kWh");

        assertThat(plan.money().electricity().tariffUsdPerKwh()).isCloseTo(0.5, within(1e-12));
        assertThat(plan.carbon().report().location().kilograms())
                .isCloseTo(0.1 * plan.power().kilowattHours(), within(1e-6));
    }

    @Test
    void billsASimulatedRunAsItsPowerCurveSays() throws IOException {
        series(100, hour -> "0.%d,0.0%d".formatted(1 + hour % 7, 1 + hour % 5));
        Plan plan = plan();
        RunInput input = RunPlanner.untilDone(plan);

        Trace trace = RunSimulation.trace(input, () -> false);

        RunResult run = trace.result();
        GridSeries grid = plan.input().site().series().orElseThrow().grid();
        PowerCurve curve = curve(trace);
        SimulatedBill bill = new SimulatedBill(plan);
        assertThat(bill.carbon(run).kilograms())
                .isCloseTo(grid.carbon(curve).kilograms(), within(1e-6));
        double demandUsd = bill.electricityUsd(run) - grid.cost(curve).toDouble();
        assertThat(demandUsd).isPositive().isLessThan(bill.electricityUsd(run));
    }

    @Test
    void refusesASeriesThatIsShorterThanTheRun() throws IOException {
        series(2, hour -> "0.1,0.02");

        assertThatThrownBy(this::plan)
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E005 the hourly series has 2 hours, the run lasts");
    }

    @Test
    void namesFileAndLineOfABadHour() throws IOException {
        series(5, hour -> hour == 3 ? "454,0.02" : "0.1,0.02");

        assertThatThrownBy(this::plan)
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E401 kg_per_kwh 454.0 is outside 0.0 to 2.0")
                .hasMessageContaining("grid.csv line 5");
    }

    @Test
    void namesASeriesThatIsNotThere() {
        assertThatThrownBy(this::plan)
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("E001")
                .hasMessageContaining("grid.csv: there is no such file");
    }

    /** Levels that another replaces at the same moment draw nothing. */
    private static PowerCurve curve(Trace trace) {
        TreeMap<Long, Double> levels = new TreeMap<>();
        trace.power().forEach(level -> levels.put(level.fromMicros(), level.watts()));
        levels.remove(trace.result().wallMicros());
        return new PowerCurve(
                levels.keySet().stream().mapToDouble(micros -> micros / 1e6).toArray(),
                levels.values().stream().mapToDouble(watts -> watts).toArray(),
                trace.result().wallMicros() / 1e6);
    }

    private void series(int hours, IntFunction<String> row) throws IOException {
        List<String> lines = new ArrayList<>(List.of("hour,kg_per_kwh,usd_per_kwh"));
        for (int hour = 0; hour < hours; hour++) {
            lines.add(hour + "," + row.apply(hour));
        }
        Files.write(folder.resolve("grid.csv"), lines);
    }

    private Plan plan(String... overrides) {
        try {
            Path file = Files.writeString(folder.resolve("plan.yaml"), PLAN);
            return new Planner(1)
                    .plan(
                            new PlanReader(Catalog.builtIn())
                                    .read(file, Stream.of(overrides).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
