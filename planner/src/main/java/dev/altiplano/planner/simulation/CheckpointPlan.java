package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * When the state is saved. A checkpoint stalls training for {@code stallMicros}; it is safe once it
 * is written, {@code writeMicros} later, while training goes on.
 *
 * @param intervalSteps steps between two checkpoints; {@link #NEVER} for none
 * @param failureShare chance that a write fails, so that the older checkpoint stays, 0 to 1
 */
public record CheckpointPlan(
        long intervalSteps, long stallMicros, long writeMicros, double failureShare) {
    public static final long NEVER = Long.MAX_VALUE;

    public CheckpointPlan {
        boolean times = stallMicros >= 0 && writeMicros >= 0;
        boolean bounded = stallMicros <= Times.YEARS_MAX && writeMicros <= Times.YEARS_MAX;
        if (intervalSteps < 1 || !times || !bounded || !(failureShare >= 0 && failureShare <= 1)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "checkpoint: expected an interval from 1 step, stall and write from 0 to 100"
                            + " years, a failure share of 0 to 1");
        }
    }

    /** The interval rounded to whole steps of {@code work}, one or more. */
    public static CheckpointPlan ofSeconds(
            double intervalSeconds, double stallSeconds, double writeSeconds, Work work) {
        double stepSeconds = Times.seconds(work.stepMicros());
        long steps = Math.max(1, Math.round(intervalSeconds / stepSeconds));
        return new CheckpointPlan(steps, Times.micros(stallSeconds), Times.micros(writeSeconds), 0);
    }

    public CheckpointPlan withFailureShare(double share) {
        return new CheckpointPlan(intervalSteps, stallMicros, writeMicros, share);
    }

    /** Full-speed training time between two checkpoints, or {@link Times#NEVER}. */
    long intervalMicros(long stepMicros) {
        return intervalSteps > Times.NEVER / stepMicros ? Times.NEVER : intervalSteps * stepMicros;
    }
}
