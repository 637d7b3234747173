package dev.altiplano.planner.schema;

import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Amount;
import dev.altiplano.planner.quantity.Numbers;
import dev.altiplano.planner.quantity.Unit;
import java.util.Locale;
import java.util.Set;

/** Reads one number in the unit of its key, and refuses what is not one, with the place. */
final class NumberReader {
    private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

    private NumberReader() {}

    /** The amount in the key's unit; a bare number takes that unit. */
    static Amount read(Value value, Shape.Numeric shape) {
        if (!(value instanceof Value.Scalar scalar)) {
            throw refused(value, ErrorCode.E005, value.kind() + " is not a number", shape);
        }
        String text = scalar.text().strip();
        if (NOT_FINITE.contains(bareWord(text))) {
            throw refused(value, ErrorCode.E401, "'" + text + "' is not a finite number", shape);
        }
        Amount amount = inUnit(value, parse(value, text, shape), shape);
        double number = amount.value();
        if (number < shape.min() || number > shape.max()) {
            String side = number < shape.min() ? " below " : " above ";
            double bound = number < shape.min() ? shape.min() : shape.max();
            String what = lastKey(value.place().key()) + " " + text;
            throw refused(value, shape.outside(), what + side + bound(bound), shape);
        }
        if (shape.whole() && number != Math.rint(number)) {
            throw refused(value, ErrorCode.E005, "'" + text + "' is not a whole number", shape);
        }
        return amount;
    }

    private static Amount parse(Value value, String text, Shape.Numeric shape) {
        try {
            return Amount.parse(text);
        } catch (PlannerException e) {
            Problem problem = e.problems().getFirst();
            throw new PlannerException(problem.at(value.place()).allowing(allowed(shape)));
        }
    }

    private static Amount inUnit(Value value, Amount amount, Shape.Numeric shape) {
        Unit unit = shape.unit();
        if (amount.unit().equals(Unit.NONE)) {
            return new Amount(amount.value(), amount.roundingHalf(), unit);
        }
        if (!amount.unit().measuresSameAs(unit)) {
            throw refused(
                    value,
                    ErrorCode.E006,
                    "%s is in %s, which measures %s"
                            .formatted(value.kind(), amount.unit(), amount.unit().dimension()),
                    shape);
        }
        double ratio = amount.unit().factor() / unit.factor();
        return new Amount(amount.value() * ratio, amount.roundingHalf() * ratio, unit);
    }

    private static String bareWord(String text) {
        return text.replaceAll("^[+-]?\\.?", "").toLowerCase(Locale.ROOT);
    }

    static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static String allowed(Shape.Numeric shape) {
        String unit = shape.unit().symbol();
        return "%s%s to %s%s"
                .formatted(
                        shape.whole() ? "a whole number from " : "",
                        bound(shape.min()),
                        bound(shape.max()),
                        unit.isEmpty() ? "" : " " + unit);
    }

    /** As a person would write it: 10000000, and 1e18. */
    private static String bound(double value) {
        boolean isShort = value == Math.rint(value) && Math.abs(value) < 1e12;
        return isShort
                ? String.format(Locale.ROOT, "%.0f", value)
                : Numbers.text(value).replace(".000e+", "e").replace(".000e-", "e-");
    }

    private static PlannerException refused(
            Value value, ErrorCode code, String message, Shape.Numeric shape) {
        return new PlannerException(
                Problem.of(code, message).at(value.place()).allowing(allowed(shape)));
    }
}
