package dev.altiplano.planner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.FailureCause;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.JobScaling;
import dev.altiplano.planner.reliability.Observation;
import dev.altiplano.planner.reliability.Scope;
import dev.altiplano.planner.reliability.Spread;
import dev.altiplano.planner.reliability.TestProfiles;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of event does to a run, on a small fleet where it can be counted by hand. */
final class RunSimulationTest {
    private static final PowerPlan POWER = PowerPlan.uncapped(8_000, 4_000, 1_000);

    @Test
    void endsAfterTheLastStepAndMakesExactlyItsTokens() {
        RunInput input = quiet(Work.ofTokens(1e6, 1_000, 2), 100, 10);

        RunResult run = TestRuns.run(input);

        // 1,000 steps of 2 s; nineteen stalls of 10 s, none after the last step.
        assertThat(run.outcome()).isEqualTo(RunResult.Outcome.DONE);
        assertThat(run.tokens()).isEqualTo(1_000_000);
        assertThat(run.wallMicros()).isEqualTo(2_190 * Times.SECOND);
    }

    @Test
    void losesTheStepsSinceTheLastWrittenCheckpoint() {
        RunInput input = quiet(Work.ofDays(10, 1, 1), 600, 5);
        RunResult run = TestRuns.run(failing(input, FaultEffect.JOB_DIES, 1));

        assertThat(run.unexpectedStops()).isPositive();
        assertThat(run.lostWorkMicros()).isPositive();
        assertThat(run.lostWorkMicros() / run.unexpectedStops())
                .isLessThanOrEqualTo(605 * Times.SECOND);
        assertThat(run.nodes().repairs()).isZero();
    }

    @Test
    void inPlaceRecoveryLosesLessThanAStepPerNode() {
        RunInput input = quiet(Work.ofDays(10, 1, 1), 600, 5);
        RunInput inPlace = TestRuns.with(input, RecoveryPlan.constant(RecoveryPolicy.IN_PLACE, 60));

        RunResult run = TestRuns.run(failing(inPlace, FaultEffect.NODE_LOST, 1));

        assertThat(run.unexpectedStops()).isPositive();
        assertThat(run.lostWorkMicros()).isLessThanOrEqualTo(run.unexpectedStops() * Times.SECOND);
    }

    @Test
    void anElasticRunGoesOnWithoutTheReplicaAndWithoutSpares() {
        RunInput input = quiet(Work.ofDays(20, 1, 1), 600, 5);
        RunInput elastic =
                TestRuns.with(
                        input.withFleet(input.fleet().withSpares(0)),
                        RecoveryPlan.constant(RecoveryPolicy.ELASTIC, 60)
                                .withRepair(partsAlways()));

        Trace trace = TestRuns.trace(failing(elastic, FaultEffect.NODE_LOST, 0.5));

        assertThat(trace.result().phaseMicros(RunPhase.DEGRADED)).isPositive();
        assertThat(trace.timeline())
                .filteredOn(span -> span.phase() == RunPhase.DEGRADED)
                .anyMatch(span -> span.speedPpm() == 750_000)
                .allMatch(span -> span.speedPpm() % 250_000 == 0);
    }

    @Test
    void aRunWithoutSparesWaitsForTheRepairAndSaysHowLong() {
        RunInput input = quiet(Work.ofDays(20, 1, 1), 600, 5);
        RunInput spareless =
                TestRuns.with(
                        input.withFleet(input.fleet().withSpares(0)),
                        RecoveryPlan.constant(RecoveryPolicy.HOT_SPARE, 60)
                                .withRepair(partsAlways()));

        RunResult run = TestRuns.run(failing(spareless, FaultEffect.NODE_LOST, 0.2));

        assertThat(run.unexpectedStops()).isPositive();
        assertThat(run.phaseMicros(RunPhase.WAITING))
                .isEqualTo(run.nodes().exhaustedMicros())
                .isGreaterThan(10 * Times.HOUR);
    }

    @Test
    void withoutARecoveryTheRunEndsAtTheFirstStop() {
        RunInput input =
                TestRuns.with(
                        quiet(Work.ofDays(100, 1, 1), 600, 5),
                        RecoveryPlan.constant(RecoveryPolicy.NONE, 60));

        RunResult run = TestRuns.run(failing(input, FaultEffect.NODE_LOST, 1));

        assertThat(run.outcome()).isEqualTo(RunResult.Outcome.FAILED);
        assertThat(run.unexpectedStops()).isEqualTo(1);
        assertThat(run.wallMicros()).isLessThan(100 * Times.DAY);
    }

    @Test
    void corruptionThrowsAwayEverythingSinceItArose() {
        RunInput input = quiet(Work.ofDays(60, 1, 1), 600, 5);
        RunInput late =
                TestRuns.with(
                        input,
                        new Disturbances(
                                Disturbances.Links.SINGLE,
                                Disturbances.PlannedStops.NONE,
                                Disturbances.Stragglers.NONE,
                                6,
                                Spread.ZERO));

        RunResult run = TestRuns.run(failing(late, FaultEffect.SILENT_CORRUPTION, 1));

        double hoursPerStop = run.lostWorkMicros() / (double) Times.HOUR / run.unexpectedStops();
        assertThat(run.unexpectedStops()).isGreaterThan(30);
        assertThat(hoursPerStop).isBetween(4.0, 7.0);
    }

    /** The state that it would spoil is loaded from storage when the job starts again. */
    @Test
    void corruptionOfAStoppedJobSpoilsNothing() {
        RunInput input = quiet(Work.ofDays(600, 1, 1), 600, 5);
        Disturbances anHourTwiceADay =
                input.disturbances()
                        .withPlanned(new Disturbances.PlannedStops(2, Spread.constant(11 * 3_600)))
                        .withCorruptionDelay(3);

        RunResult run =
                TestRuns.run(
                        failing(
                                TestRuns.with(input, anHourTwiceADay),
                                FaultEffect.SILENT_CORRUPTION,
                                1));

        // One a day, while training, spoils at most what is left of the hour.
        double trainedDays = run.phaseMicros(RunPhase.TRAINING) / (double) Times.DAY;
        assertThat(run.lostWorkMicros() / (double) Times.HOUR).isLessThan(trainedDays);
    }

    @Test
    void aSecondPathKeepsTheJobRunningSlower() {
        RunInput input = quiet(Work.ofDays(20, 1, 1), 600, 5);
        Disturbances twoPaths =
                input.disturbances().withLinks(new Disturbances.Links(0.3, Spread.constant(3_600)));

        Trace trace =
                TestRuns.trace(failing(TestRuns.with(input, twoPaths), FaultEffect.LINK_DOWN, 1));

        assertThat(trace.result().unexpectedStops()).isZero();
        assertThat(trace.result().phaseMicros(RunPhase.DEGRADED)).isGreaterThan(5 * Times.HOUR);
        assertThat(trace.timeline())
                .filteredOn(span -> span.phase() == RunPhase.DEGRADED)
                .allMatch(span -> span.speedPpm() == 700_000);
    }

    @Test
    void aDarkRackTakesAllItsNodes() {
        RunInput input = quiet(Work.ofDays(20, 1, 1), 600, 5);

        Trace trace = TestRuns.trace(failing(input, FaultEffect.RACK_DOWN, 1));

        String log = trace.eventsCsv();
        long returned = log.lines().filter(line -> line.contains(",node_repaired,")).count();
        assertThat(trace.result().unexpectedStops()).isPositive();
        assertThat(returned).isEqualTo(2 * trace.result().unexpectedStops());
    }

    @Test
    void aStragglerSlowsTheJobUntilASpareTakesItsPlace() {
        RunInput input = quiet(Work.ofDays(20, 1, 1), 600, 5);
        Disturbances slow =
                input.disturbances().withStragglers(new Disturbances.Stragglers(0.02, 0.1, 2));

        Trace trace = TestRuns.trace(TestRuns.with(input, slow));

        RunResult run = trace.result();
        long swaps = loss(run, "straggler").stops();
        assertThat(swaps).isPositive();
        assertThat(run.phaseMicros(RunPhase.DEGRADED)).isGreaterThan(swaps * Times.HOUR / 2);
        assertThat(run.lostWorkMicros()).isZero();
        assertThat(run.nodes().repairs()).isGreaterThanOrEqualTo(swaps);
    }

    @Test
    void aPlannedStopLosesNoWork() {
        RunInput input = quiet(Work.ofDays(10, 1, 1), 600, 5);
        Disturbances daily =
                input.disturbances()
                        .withPlanned(new Disturbances.PlannedStops(1, Spread.constant(1_200)));

        RunResult run = TestRuns.run(TestRuns.with(input, daily));

        assertThat(run.plannedStops()).isEqualTo(10);
        assertThat(run.lostWorkMicros()).isZero();
        assertThat(run.phaseMicros(RunPhase.PAUSED)).isEqualTo(10 * 1_200 * Times.SECOND);
        assertThat(run.phaseMicros(RunPhase.RESTARTING)).isEqualTo(10 * 60 * Times.SECOND);
    }

    @ParameterizedTest(name = "share of failed writes {0}")
    @CsvSource({"0.3, 1.2, 2.2", "0.5, 1.5, 3.5", "1, 50, 1000000"})
    void aFailedWriteKeepsTheOlderCheckpoint(double share, double least, double most) {
        RunInput input = quiet(Work.ofDays(60, 1, 1), 600, 5);
        RunInput failing = failing(input, FaultEffect.JOB_DIES, 1);
        CheckpointPlan unreliable = input.checkpoint().withFailureShare(share);

        double lost = TestRuns.run(failing).lostWorkMicros();
        double more = TestRuns.run(TestRuns.with(failing, unreliable)).lostWorkMicros();

        assertThat(more / lost).isBetween(least, most);
    }

    @Test
    void aWriteLongerThanTheIntervalHoldsTheNextCheckpointUp() {
        Work work = Work.ofDays(1, 1, 1);
        RunInput input = quiet(work, 100, 5);
        CheckpointPlan slow = CheckpointPlan.ofSeconds(100, 5, 200, work);

        RunResult run = TestRuns.run(TestRuns.with(input, slow));

        // A checkpoint every 200 s, of which 100 train.
        assertThat(run.effectiveShare()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void givesUpARunWithMoreEventsThanItsBound() {
        RunInput input = quiet(Work.ofDays(36_000, 1, 1e-6), 1e-6, 0);

        assertThatThrownBy(() -> RunSimulation.run(input, () -> false, 10_000))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("more than 10000 events")
                .hasMessageContaining("longer checkpoint interval");
    }

    @Test
    void stopsInTheMiddleOfALongRun() {
        RunInput input = quiet(Work.ofDays(36_000, 1, 1e-6), 1e-6, 0);

        assertThatThrownBy(() -> RunSimulation.run(input, new StopAfter(50)::isOver))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void refusesRatesBeyondOneASecond() {
        RunInput input = quiet(Work.ofDays(1, 1, 1), 600, 5);

        assertThatThrownBy(() -> failing(input, FaultEffect.JOB_DIES, 1e-6))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("stops per hour");
    }

    private static RunResult.Loss loss(RunResult run, String cause) {
        return run.losses().stream()
                .filter(each -> each.cause().equals(cause))
                .findFirst()
                .orElseThrow();
    }

    /** 16 nodes in racks of 2, pods of 8, four replicas, six spares; nothing fails. */
    static RunInput quiet(Work work, double intervalSeconds, double stallSeconds) {
        return new RunInput(
                new FleetShape(8, 16, 6, 2, 8, 4),
                work,
                TestProfiles.perfect(),
                RecoveryPlan.constant(RecoveryPolicy.HOT_SPARE, 60),
                CheckpointPlan.ofSeconds(intervalSeconds, stallSeconds, 0, work),
                new Disturbances(
                        Disturbances.Links.SINGLE,
                        Disturbances.PlannedStops.NONE,
                        Disturbances.Stragglers.NONE,
                        0,
                        Spread.constant(3_600)),
                POWER,
                7);
    }

    /** One stop of the given kind every {@code days}. */
    static RunInput failing(RunInput input, FaultEffect effect, double days) {
        FailureProfile profile =
                new FailureProfile(
                        "test",
                        new Observation(input.fleet().gpus(), days, 8),
                        List.of(new FailureCause("test", Scope.NODE, effect, 1)),
                        0,
                        JobScaling.WITH_GPUS,
                        "made up");
        return TestRuns.with(input, profile);
    }

    private static RecoveryPlan.RepairPlan partsAlways() {
        return new RecoveryPlan.RepairPlan(1, 0, Spread.constant(36_000), Spread.ZERO);
    }

    /** True from the n-th time it is asked. */
    private static final class StopAfter {
        private int left;

        StopAfter(int times) {
            left = times;
        }

        boolean isOver() {
            return left-- <= 0;
        }
    }
}
