package dev.altiplano.cli.plan;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Amount;
import dev.altiplano.planner.quantity.Numbers;

/** Numbers of options as plan files write them: {@code 608B}, {@code 73.7K}, {@code 0.14}. */
final class NumberOption {
    private NumberOption() {}

    /** Throws E005 or E401, naming the option. */
    static double read(String option, String text, double low, double high) {
        Amount amount;
        try {
            amount = Amount.parse(text);
        } catch (PlannerException e) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E005, "%s: '%s' is no number".formatted(option, text))
                            .allowing("a number, as 608B, 73.7K or 0.14"));
        }
        double value = amount.unit().toBase(amount.value());
        if (!(value >= low && value <= high)) {
            throw new PlannerException(
                    Problem.of(ErrorCode.E401, "%s: %s".formatted(option, Numbers.text(value)))
                            .allowing("%s to %s".formatted(Numbers.text(low), Numbers.text(high))));
        }
        return value;
    }
}
