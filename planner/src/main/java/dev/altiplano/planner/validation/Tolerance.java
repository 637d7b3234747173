package dev.altiplano.planner.validation;

import dev.altiplano.planner.quantity.Numbers;
import java.util.OptionalDouble;

/**
 * How far a value may be off: from the published one, relative or absolute, or outside bounds.
 * Parts that are missing hold for any value.
 */
public record Tolerance(
        OptionalDouble relative, OptionalDouble absolute, OptionalDouble min, OptionalDouble max) {
    /** What 64-bit arithmetic itself may be off where a tolerance is 0. */
    private static final double ROUNDING = 1e-12;

    public boolean holds(double value, OptionalDouble published) {
        boolean inside =
                value >= min.orElse(Double.NEGATIVE_INFINITY)
                        && value <= max.orElse(Double.POSITIVE_INFINITY);
        if (published.isEmpty()) {
            return inside;
        }
        double target = published.getAsDouble();
        double off = Math.abs(value - target);
        double scale = Math.abs(target);
        return inside
                && off <= (relative.orElse(Double.POSITIVE_INFINITY) + ROUNDING) * scale
                && off <= absolute.orElse(Double.POSITIVE_INFINITY) + ROUNDING * scale;
    }

    /** Such as {@code 0.2 %}, {@code +-0.007} or {@code at least 0.9}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        relative.ifPresent(share -> text.append(Numbers.text(100 * share)).append(" %"));
        absolute.ifPresent(off -> text.append("±").append(Numbers.text(off)));
        min.ifPresent(low -> text.append("at least ").append(Numbers.text(low)));
        max.ifPresent(
                high ->
                        text.append(text.isEmpty() ? "at most " : ", at most ")
                                .append(Numbers.text(high)));
        return text.toString();
    }
}
