package dev.altiplano.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.input.PlanReader;
import dev.altiplano.planner.simulation.RunResult;
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"restart", "hot-spare", "in-place", "elastic"})
    void theClosedFormFollowsTheRecoveryPolicyAsTheSimulationDoes(String policy) {
        Plan plan = plan("llama-16k.yaml", "reliability.recovery=" + policy);

        SampleSummary samples =
                new SampleRunner(2).run(RunPlanner.untilDone(plan), 32, () -> false);

        double closed = plan.failures().kept().share();
        assertThat(closed).isCloseTo(samples.mean(run -> run.effectiveShare()), within(0.01));
        TimeBudget simulated = TimeBudget.simulated(plan, samples);
        double days = simulated.totalDays();
        TimeBudget budget = TimeBudget.closed(plan.failures(), days);
        assertThat(budget.of(TimeUse.ROLLED_BACK))
                .isCloseTo(simulated.of(TimeUse.ROLLED_BACK), within(0.004 * days));
        assertThat(budget.of(TimeUse.RESTARTS))
                .isCloseTo(simulated.of(TimeUse.RESTARTS), within(0.006 * days));
    }

    @Test
    void aPolicyThatKeepsThePeersStateLosesLessThanAColdRestart() {
        double cold = share("restart");
        double hot = share("hot-spare");
        double inPlace = share("in-place");
        double elastic = share("elastic");

        assertThat(cold).isLessThan(hot);
        assertThat(hot).isLessThan(inPlace);
        assertThat(inPlace).isLessThan(elastic);
    }

    private static double share(String policy) {
        return plan("llama-100k.yaml", "reliability.recovery=" + policy)
                .failures()
                .goodput()
                .share();
    }

    @Test
    void withoutRecoveryTheChanceOfReachingTheEndIsThatOfNoStop() {
        Plan plan =
                plan("llama-16k.yaml", "reliability.recovery=none", "training.tokens=20000000000");

        SampleSummary samples =
                new SampleRunner(2).run(RunPlanner.untilDone(plan), 400, () -> false);

        double done = samples.mean(run -> run.outcome() == RunResult.Outcome.DONE ? 1 : 0);
        double chance = plan.failures().chanceOfNoStop();
        assertThat(chance).isBetween(0.3, 0.7);
        assertThat(chance).isCloseTo(done, within(3 * Math.sqrt(chance * (1 - chance) / 400)));
    }

    @Test
    void usesAddUpToTheDays() {
        Plan plan = plan("llama-100k.yaml");

        TimeBudget budget = TimeBudget.closed(plan.failures(), 20);

        assertThat(budget.totalDays()).isCloseTo(20, within(1e-9));
        assertThat(budget.of(TimeUse.CORRUPTED)).isGreaterThan(1);
        assertThat(budget.of(TimeUse.WAITING)).isZero();
    }

    private static Plan plan(String file, String... overrides) {
        PlanReader reader = new PlanReader(Catalog.builtIn());
        return new Planner(2).plan(reader.read(EXAMPLES.resolve(file), List.of(overrides)));
    }
}
