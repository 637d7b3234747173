package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * What the run has to do.
 *
 * @param stepMicros fault-free time of one step at full speed
 * @param tokensPerStep batch
 * @param targetSteps steps after which the run is done; {@link #NO_TARGET} to run to the horizon
 * @param horizonMicros the run is cut here, done or not
 */
public record Work(long stepMicros, long tokensPerStep, long targetSteps, long horizonMicros) {
    public static final long NO_TARGET = Long.MAX_VALUE;

    public Work {
        if (stepMicros < 1 || stepMicros > Times.YEARS_MAX) {
            throw refused("a step from 1 µs to 100 years, found %d µs".formatted(stepMicros));
        }
        if (tokensPerStep < 1 || targetSteps < 1) {
            throw refused("tokens per step and steps from 1");
        }
        if (horizonMicros < 1 || horizonMicros > Times.YEARS_MAX) {
            throw refused("a horizon of at most 100 years");
        }
    }

    /** As many whole steps as {@code tokens} need, cut after 100 years. */
    public static Work ofTokens(double tokens, long tokensPerStep, double stepSeconds) {
        double steps = Math.ceil(tokens / tokensPerStep);
        if (!(steps >= 1 && steps < 9e18)) {
            throw refused("tokens above zero and below 9e18 steps, found " + tokens);
        }
        return new Work(Times.micros(stepSeconds), tokensPerStep, (long) steps, Times.YEARS_MAX);
    }

    /** Runs for {@code days}, however far it comes. */
    public static Work ofDays(double days, long tokensPerStep, double stepSeconds) {
        long horizonMicros = Times.micros(days * 86_400);
        return new Work(Times.micros(stepSeconds), tokensPerStep, NO_TARGET, horizonMicros);
    }

    /** Full-speed training time that the target needs, or {@link Times#NEVER}. */
    long targetMicros() {
        return targetSteps > Times.NEVER / stepMicros ? Times.NEVER : targetSteps * stepMicros;
    }

    private static PlannerException refused(String expected) {
        return new PlannerException(ErrorCode.E401, "work of the run: expected " + expected);
    }
}
