package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.JobScaling;
import dev.altiplano.planner.reliability.Observation;
import dev.altiplano.planner.reliability.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The seven properties that the specification asks of the simulation. */
final class RunPropertiesTest {
    private static final int SAMPLES = 30;
    private static final SampleRunner RUNNER = new SampleRunner(2);

    /** Property 1, with the values of the specification's table. */
    @ParameterizedTest(name = "restart {0} s")
    @CsvSource({"120, 0.869", "600, 0.668", "900, 0.566"})
    void agreesWithTheExactFormOverFiftyThousandFaults(double restart, double printed) {
        double mttiSeconds = 1_824.372;
        FailureProfile constant = exponential(mttiSeconds);
        RunInput base = TestRuns.llama3(12_500, 1, restart);
        Work work = Work.ofDays(50_000 * mttiSeconds / 86_400, 1, 0.01);
        EffectiveTime exact = EffectiveTime.atDalyInterval(mttiSeconds, restart, 5);
        CheckpointPlan checkpoint = CheckpointPlan.ofSeconds(exact.intervalSeconds(), 5, 0, work);
        RunInput input =
                TestRuns.with(
                        TestRuns.with(TestRuns.with(TestRuns.unplanned(base), constant), work),
                        checkpoint);

        RunResult run = TestRuns.run(input);

        assertThat(run.unexpectedStops()).isBetween(49_000L, 51_000L);
        assertThat(run.effectiveShare()).isCloseTo(exact.exact(), within(0.01 * exact.exact()));
        assertThat(run.effectiveShare()).isCloseTo(printed, within(0.007));
    }

    /** Property 2: counts. */
    @Test
    void countsAsManyStopsAsThePublishedRunInFiftyFourDays() {
        SampleSummary samples = RUNNER.run(TestRuns.llama3(2_048, 54, 300), SAMPLES, () -> false);

        double mean = samples.mean(RunResult::unexpectedStops);
        double variance = samples.mean(run -> square(run.unexpectedStops() - mean));
        assertThat(mean).isCloseTo(419, within(3 * 20.5 / Math.sqrt(SAMPLES)));
        assertThat(Math.sqrt(variance)).isBetween(20.5 * 0.7, 20.5 * 1.3);
        assertThat(samples.runs()).allMatch(run -> run.plannedStops() == 47);
        for (int cause = 0; cause < TestRuns.LLAMA3.causes().size(); cause++) {
            int index = cause;
            double expected = TestRuns.LLAMA3.causes().get(cause).count();
            double found = samples.mean(run -> run.losses().get(index).stops());
            assertThat(found)
                    .as(TestRuns.LLAMA3.causes().get(cause).name())
                    .isCloseTo(expected, within(3.5 * Math.sqrt(expected / SAMPLES)));
        }
    }

    /** Property 2: effective time. */
    @ParameterizedTest(name = "restart {0} min: above 0.90 is {1}")
    @CsvSource({"5, true", "10, true", "15, false"})
    void keepsNinetyPercentUpToRestartsOfTenMinutes(double minutes, boolean isAbove) {
        SampleSummary samples =
                RUNNER.run(TestRuns.llama3(2_048, 54, minutes * 60), 8, () -> false);

        assertThat(samples.mean(RunResult::effectiveShare) > 0.90).isEqualTo(isAbove);
    }

    /** Properties 3 and 4. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(RecoveryPolicy.class)
    void conservesTimeAndNeverMakesMoreTokensThanStepsFit(RecoveryPolicy policy) {
        RunInput input =
                TestRuns.with(TestRuns.llama3(2_048, 54, 0), RecoveryPlan.defaults(policy, 30));
        for (long seed = 1; seed <= 3; seed++) {
            RunResult run = TestRuns.run(input.withSeed(seed));

            long phases = run.phaseMicros().values().stream().mapToLong(Long::longValue).sum();
            assertThat(phases).isEqualTo(run.wallMicros());
            long trained = run.phaseMicros(RunPhase.TRAINING) + run.phaseMicros(RunPhase.DEGRADED);
            assertThat(run.workMicros() + run.lostWorkMicros()).isLessThanOrEqualTo(trained);
            assertThat(run.tokens() / 16_000_000 * 1_000_000).isLessThanOrEqualTo(trained);
        }
    }

    /** Property 5: spares. */
    @Test
    void moreSparesNeverLowerTheEffectiveShare() {
        double before = 0;
        for (int spares : new int[] {0, 2, 5, 12, 40}) {
            RunInput input = TestRuns.llama3(2_048, 10, 300);
            double share = meanShare(input.withFleet(input.fleet().withSpares(spares)));

            assertThat(share).as("%d spares", spares).isGreaterThanOrEqualTo(before);
            before = share;
        }
    }

    /** Property 5: restart. */
    @Test
    void fasterRestartsNeverLowerTheEffectiveShare() {
        double before = 0;
        for (double restart : new double[] {1_200, 900, 600, 300, 120, 0}) {
            double share = meanShare(TestRuns.llama3(2_048, 10, restart));

            assertThat(share).as("restart %s s", restart).isGreaterThanOrEqualTo(before);
            before = share;
        }
    }

    /** Property 5: rates. */
    @Test
    void lowerRatesNeverLowerTheEffectiveShare() {
        RunInput input = TestRuns.llama3(2_048, 10, 300);
        double before = 0;
        for (double factor : new double[] {4, 2, 1, 0.5, 0.25, 0}) {
            double share = meanShare(TestRuns.with(input, TestRuns.LLAMA3.withCountsTimes(factor)));

            assertThat(share).as("rates x %s", factor).isGreaterThanOrEqualTo(before);
            before = share;
        }
    }

    /** Property 6. */
    @ParameterizedTest(name = "epsilon {0}")
    @CsvSource({"0.01", "0.1"})
    void automaticSparesKeepTheirEpsilon(double epsilon) {
        RunInput input = TestRuns.llama3(2_048, 54, 300).withAutoSpares(epsilon);

        SampleSummary samples = RUNNER.run(input, SAMPLES, () -> false);

        double share =
                samples.mean(run -> run.nodes().exhaustedMicros() / (double) run.wallMicros());
        assertThat(share).isLessThanOrEqualTo(epsilon);
        RunInput fewer = input.withFleet(input.fleet().withSpares(input.fleet().spareNodes() / 4));
        double worse =
                RUNNER.run(fewer, 5, () -> false)
                        .mean(run -> run.nodes().exhaustedMicros() / (double) run.wallMicros());
        assertThat(worse).as("a quarter of the spares").isGreaterThan(epsilon);
    }

    /** Property 7. */
    @Test
    void losesOnlyCheckpointsWithoutFaults() {
        RunInput input = TestRuns.faultless(TestRuns.llama3(2_048, 54, 300));
        CheckpointPlan plan = input.checkpoint();
        double intervalMicros = plan.intervalMicros(input.work().stepMicros());

        RunResult run = TestRuns.run(input);

        assertThat(run.unexpectedStops()).isZero();
        assertThat(run.effectiveShare())
                .isCloseTo(1 / (1 + plan.stallMicros() / intervalMicros), within(1e-5));
    }

    private static double meanShare(RunInput input) {
        return RUNNER.run(input, 8, () -> false).mean(RunResult::effectiveShare);
    }

    private static double square(double value) {
        return value * value;
    }

    /** Faults of the whole job with a mean of {@code mttiSeconds} between them. */
    private static FailureProfile exponential(double mttiSeconds) {
        return new FailureProfile(
                "exponential",
                new Observation(100_000, mttiSeconds / 86_400, 8),
                List.of(new FailureCause("any", Scope.JOB, FaultEffect.JOB_DIES, 1)),
                0,
                JobScaling.WITH_GPUS,
                "made up");
    }
}
