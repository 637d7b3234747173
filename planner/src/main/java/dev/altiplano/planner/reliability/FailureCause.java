package dev.altiplano.planner.reliability;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * One cause of unexpected stops.
 *
 * @param name unique within its profile, lower case with hyphens: it keys the cause's random stream
 * @param count stops seen during the profile's GPU-hours; need not be whole
 */
public record FailureCause(String name, Scope scope, FaultEffect effect, double count) {
    public FailureCause {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new PlannerException(
                    ErrorCode.E005,
                    "failure cause '%s': expected lower-case letters, digits and hyphens"
                            .formatted(name));
        }
        if (!(count >= 0) || Double.isInfinite(count)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "failure cause %s: count %s is not a finite number of zero or more"
                            .formatted(name, count));
        }
    }
}
