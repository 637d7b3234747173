package dev.altiplano.planner.quantity;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * A number with its band, unit, grade and source.
 *
 * @param low the 10 % point, in {@code unit}
 * @param likely the most probable value, in {@code unit}
 * @param high the 90 % point, in {@code unit}
 * @param source short name of the paper, data set or person that gives it
 * @param date when that source gave it, as ISO year, month or day; empty if it does not age
 */
public record Quantity(
        double low,
        double likely,
        double high,
        Unit unit,
        Grade grade,
        String source,
        String date) {

    public Quantity {
        if (!Double.isFinite(low) || !Double.isFinite(likely) || !Double.isFinite(high)) {
            throw new PlannerException(ErrorCode.E401, "a quantity must be finite: " + source);
        }
        if (low > likely || likely > high) {
            throw new PlannerException(
                    ErrorCode.E005,
                    "band is out of order: low %s, likely %s, high %s (%s)"
                            .formatted(low, likely, high, source));
        }
    }

    /** A value without a band. */
    public static Quantity exactly(double value, Unit unit, Grade grade, String source) {
        return new Quantity(value, value, value, unit, grade, source, "");
    }

    /**
     * A published value with its rounding as band: {@code 3.8e25} means 3.75e25 to 3.85e25. Throws
     * E005 or E006 if {@code text} is not a number with a unit.
     */
    public static Quantity published(String text, Grade grade, String source, String date) {
        Amount amount = Amount.parse(text);
        double half = amount.roundingHalf();
        return new Quantity(
                amount.value() - half,
                amount.value(),
                amount.value() + half,
                amount.unit(),
                grade,
                source,
                date);
    }

    /** The likely value in base units: watts, seconds, bytes, FLOP, US dollars. */
    public double base() {
        return unit.toBase(likely);
    }

    public boolean isExact() {
        return low == high;
    }

    /** The same quantity in {@code other}; throws E006 if that measures something else. */
    public Quantity in(Unit other) {
        if (!unit.measuresSameAs(other)) {
            throw new PlannerException(
                    ErrorCode.E006,
                    "'%s' measures %s, not %s"
                            .formatted(unit, unit.dimension(), other.dimension()));
        }
        double ratio = unit.factor() / other.factor();
        return new Quantity(low * ratio, likely * ratio, high * ratio, other, grade, source, date);
    }

    /** Such as {@code 150 MW} or {@code 72 (70 to 75) MW}. */
    @Override
    public String toString() {
        String band =
                isExact() ? "" : " (%s to %s)".formatted(Numbers.text(low), Numbers.text(high));
        String symbol = unit.symbol().isEmpty() ? "" : " " + unit;
        return Numbers.text(likely) + band + symbol;
    }
}
