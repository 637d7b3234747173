package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.RunPlanner;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.simulation.RunInput;
import dev.altiplano.planner.simulation.RunSimulation;
import dev.altiplano.planner.simulation.Trace;
import dev.altiplano.planner.simulation.Work;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A plan with one run of it, drawn in full.
 *
 * @param refusal why there is no run, if there is none
 */
record Study(Plan plan, Optional<Run> run, Optional<Refusal> refusal) {
    /** Longer runs are shown by their first days. */
    private static final double DAYS_MAX = 90;

    /** So many stops are enough to see how such a cluster lives, and are quickly simulated. */
    private static final double STOPS_MAX = 20_000;

    private static final double MICROS_PER_DAY = 86_400e6;

    /** A simulated run and what it was made of. */
    record Run(RunInput input, Trace trace) {}

    /** Why nothing can be simulated. */
    enum Refusal {
        /** Idle machines alone draw more than the site may. */
        CAP_TOO_LOW,
        /** The plan's speed already holds its stops, or its cluster cannot be simulated. */
        NO_SPEED
    }

    /**
     * Simulates the plan's run, or its first 90 days.
     *
     * @throws java.util.concurrent.CancellationException soon after {@code isCancelled} says so
     */
    static Study of(Plan plan, BooleanSupplier isCancelled) {
        try {
            RunInput input = shortened(plan, RunPlanner.untilDone(plan));
            Run run = new Run(input, RunSimulation.trace(input, isCancelled));
            return new Study(plan, Optional.of(run), Optional.empty());
        } catch (PlannerException e) {
            boolean cap = e.problems().getFirst().code() == ErrorCode.E303;
            return refused(plan, cap ? Refusal.CAP_TOO_LOW : Refusal.NO_SPEED);
        }
    }

    /** Without a run. */
    static Study refused(Plan plan, Refusal refusal) {
        return new Study(plan, Optional.empty(), Optional.of(refusal));
    }

    private static RunInput shortened(Plan plan, RunInput input) {
        double stopsPerDay = 24 * plan.failures().stopsPerHour().likelyPerHour();
        double days = Math.min(DAYS_MAX, STOPS_MAX / stopsPerDay);
        Work work = input.work();
        return new RunInput(
                input.fleet(),
                new Work(
                        work.stepMicros(),
                        work.tokensPerStep(),
                        work.targetSteps(),
                        (long) (days * MICROS_PER_DAY)),
                input.profile(),
                input.recovery(),
                input.checkpoint(),
                input.disturbances(),
                input.power(),
                input.seed());
    }
}
