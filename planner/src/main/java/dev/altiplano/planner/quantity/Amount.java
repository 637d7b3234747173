package dev.altiplano.planner.quantity;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with a unit as written: {@code 150 MW}, {@code 22T}, {@code 0.078 USD/kWh}, {@code 5 s},
 * {@code 400 Gb/s}, {@code 3.8e25 FLOP}, {@code 76 %}.
 *
 * @param value in {@code unit}; a count such as {@code 22T} is written out: 2.2e13
 * @param roundingHalf half of the last written digit, in {@code unit}
 */
public record Amount(double value, double roundingHalf, Unit unit) {
    private static final int LENGTH_MAX = 100;

    /** Bounds what an exponent may ask for: 1e999999999 must not be worked out digit by digit. */
    private static final int EXPONENT_CHARACTERS_MAX = 5;

    private static final Pattern FORM =
            Pattern.compile("([+-]?)(\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE]([+-]?\\d++))?\\s*(.*)");

    /** Suffixes of plain counts. A unit is tried first, so {@code T} alone can only be a count. */
    private static final Map<String, Double> COUNTS =
            Map.of("k", 1e3, "K", 1e3, "M", 1e6, "B", 1e9, "G", 1e9, "T", 1e12);

    /** Throws E005 if {@code text} is no number, E401 if it overflows, E006 for its unit. */
    public static Amount parse(String text) {
        String stripped = text.strip();
        Matcher matcher = FORM.matcher(stripped);
        if (stripped.length() > LENGTH_MAX || !matcher.matches()) {
            throw new PlannerException(ErrorCode.E005, notANumber(stripped));
        }
        String exponent = matcher.group(3) == null ? "0" : matcher.group(3);
        if (exponent.length() > EXPONENT_CHARACTERS_MAX) {
            throw overflow(stripped);
        }
        BigDecimal written = new BigDecimal(matcher.group(2) + "e" + exponent);
        double value = written.doubleValue();
        if (Double.isInfinite(value)) {
            throw overflow(stripped);
        }
        // Trailing zeros of a whole number are taken as digits: 150 is 149.5 to 150.5.
        double half = BigDecimal.valueOf(5, written.scale() + 1).doubleValue();
        double sign = matcher.group(1).equals("-") ? -1 : 1;
        return withSuffix(sign * value, half, matcher.group(4));
    }

    private static Amount withSuffix(double value, double half, String suffix) {
        int space = suffix.indexOf(' ');
        String first = space < 0 ? suffix : suffix.substring(0, space);
        Double count = COUNTS.get(first);
        if (count == null) {
            return new Amount(value, half, Unit.of(suffix));
        }
        Unit unit = space < 0 ? Unit.NONE : Unit.of(suffix.substring(space + 1));
        return new Amount(value * count, half * count, unit);
    }

    private static PlannerException overflow(String text) {
        return new PlannerException(ErrorCode.E401, "number '" + text + "' overflows");
    }

    private static String notANumber(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "'" + shown + "' is not a number with a unit, such as 150 MW, 22T or 5 s";
    }

    public double base() {
        return unit.toBase(value);
    }
}
