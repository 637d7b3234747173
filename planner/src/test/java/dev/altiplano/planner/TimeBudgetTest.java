package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.simulation.SampleRunner;
import dev.altiplano.planner.simulation.SampleSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who asks both must not get two numbers without the way between them. */
final class TimeBudgetTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples");

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"llama-16k.yaml", "llama-100k.yaml"})
    void theClosedFormAndTheSimulatedRunAgreeWithinTwoPercent(String file) {
        Plan plan = plan(file);
        double closedDays = plan.failures().trainingDays().value().likely();

        SampleSummary samples =
                new SampleRunner(2).run(RunPlanner.untilDone(plan), 48, () -> false);
        TimeBudget simulated = TimeBudget.simulated(plan, samples);

        double days = samples.mean(run -> run.days());
        assertThat(closedDays).isCloseTo(days, within(0.02 * days));
        assertThat(simulated.totalDays()).isCloseTo(days, within(1e-9));
    }

    @Test
    void usesAddUpToTheDays() {
        Plan plan = plan("llama-100k.yaml");

        TimeBudget budget = TimeBudget.closed(plan.failures(), 20);

        assertThat(budget.totalDays()).isCloseTo(20, within(1e-9));
        assertThat(budget.of(TimeUse.CORRUPTED)).isGreaterThan(1);
        assertThat(budget.of(TimeUse.WAITING)).isZero();
    }

    private static Plan plan(String file) {
        PlanReader reader = new PlanReader(Catalog.builtIn());
        return new Planner(2).plan(reader.read(EXAMPLES.resolve(file), List.of()));
    }
}
