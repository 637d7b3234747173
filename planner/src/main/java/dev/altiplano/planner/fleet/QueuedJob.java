package dev.altiplano.planner.fleet;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * A job that waits for its turn. Times are microseconds from the start of the plan.
 *
 * @param priority higher goes first
 * @param workMicros that it needs with all its nodes
 * @param checkpointMicros work between two checkpoints: it can be stopped only there
 * @param watts that it adds to the site while it runs
 */
public record QueuedJob(
        JobShape shape,
        int priority,
        long submitMicros,
        long workMicros,
        long checkpointMicros,
        double watts) {
    public QueuedJob {
        boolean times = submitMicros >= 0 && workMicros > 0 && checkpointMicros > 0;
        boolean bounded = Math.max(submitMicros, workMicros) < JobQueue.HORIZON_MICROS;
        if (!times || !bounded || !(watts >= 0) || Double.isInfinite(watts)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "job %s: expected a submit time, work, a checkpoint interval and watts of zero"
                                    .formatted(shape.name())
                            + " or more, times below 100 years");
        }
    }

    public String name() {
        return shape.name();
    }
}
