package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Numbers;

/**
 * A window in which the site may draw less, at the meter.
 *
 * @param fromSeconds after the start of the run
 * @param untilSeconds after {@code fromSeconds}
 */
public record Curtailment(double fromSeconds, double untilSeconds, FacilityPower limit) {
    public Curtailment {
        notNegative("fromSeconds", fromSeconds);
        notNegative("limit", limit.watts());
        if (!(untilSeconds > fromSeconds)) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E302,
                                    "curtailment window ends before it begins: from %s s to %s s"
                                            .formatted(
                                                    Numbers.text(fromSeconds),
                                                    Numbers.text(untilSeconds)))
                            .allowing("an end after the beginning"));
        }
    }
}
