package dev.altiplano.planner.simulation;

import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.Spread;
import dev.altiplano.planner.reliability.TestProfiles;

/** Inputs that the tests vary. */
final class TestRuns {
    static final FailureProfile LLAMA3 = TestProfiles.llama3();
    static final double STALL_SECONDS = 5;

    private TestRuns() {}

    /**
     * The reference run: 16,384 or 100,000 GPUs, one-second steps, Daly's interval, a constant
     * restart, corruption noticed at once, planned stops without a pause, spares for 1 %.
     */
    static RunInput llama3(int nodes, double days, double restartSeconds) {
        FleetShape fleet = new FleetShape(8, nodes, 0, 2, 384, nodes / 4);
        Work work = Work.ofDays(days, 16_000_000, 1);
        double mttiSeconds = LLAMA3.mttiHours(fleet.gpus()) * 3_600;
        double interval = CheckpointInterval.dalySeconds(STALL_SECONDS, mttiSeconds);
        return new RunInput(
                        fleet,
                        work,
                        LLAMA3,
                        RecoveryPlan.constant(RecoveryPolicy.HOT_SPARE, restartSeconds),
                        CheckpointPlan.ofSeconds(interval, STALL_SECONDS, 0, work),
                        new Disturbances(
                                Disturbances.Links.SINGLE,
                                new Disturbances.PlannedStops(
                                        LLAMA3.plannedStopsPerDay(), Spread.ZERO),
                                Disturbances.Stragglers.NONE,
                                0,
                                Disturbances.RACK_OUTAGE),
                        PowerPlan.uncapped(7_750, 3_500, 1_200),
                        1)
                .withAutoSpares(0.01);
    }

    static RunInput with(RunInput input, FailureProfile profile) {
        return new RunInput(
                input.fleet(),
                input.work(),
                profile,
                input.recovery(),
                input.checkpoint(),
                input.disturbances(),
                input.power(),
                input.seed());
    }

    static RunInput with(RunInput input, RecoveryPlan recovery) {
        return new RunInput(
                input.fleet(),
                input.work(),
                input.profile(),
                recovery,
                input.checkpoint(),
                input.disturbances(),
                input.power(),
                input.seed());
    }

    static RunInput with(RunInput input, CheckpointPlan checkpoint) {
        return new RunInput(
                input.fleet(),
                input.work(),
                input.profile(),
                input.recovery(),
                checkpoint,
                input.disturbances(),
                input.power(),
                input.seed());
    }

    static RunInput with(RunInput input, Disturbances disturbances) {
        return new RunInput(
                input.fleet(),
                input.work(),
                input.profile(),
                input.recovery(),
                input.checkpoint(),
                disturbances,
                input.power(),
                input.seed());
    }

    static RunInput with(RunInput input, PowerPlan power) {
        return new RunInput(
                input.fleet(),
                input.work(),
                input.profile(),
                input.recovery(),
                input.checkpoint(),
                input.disturbances(),
                power,
                input.seed());
    }

    static RunInput with(RunInput input, Work work) {
        return new RunInput(
                input.fleet(),
                work,
                input.profile(),
                input.recovery(),
                input.checkpoint(),
                input.disturbances(),
                input.power(),
                input.seed());
    }

    /** No planned stops. */
    static RunInput unplanned(RunInput input) {
        return with(input, input.disturbances().withPlanned(Disturbances.PlannedStops.NONE));
    }

    /** No faults and no planned stops. */
    static RunInput faultless(RunInput input) {
        return unplanned(with(input, TestProfiles.perfect()));
    }

    static RunResult run(RunInput input) {
        return RunSimulation.run(input, () -> false);
    }

    static Trace trace(RunInput input) {
        return RunSimulation.trace(input, () -> false);
    }
}
