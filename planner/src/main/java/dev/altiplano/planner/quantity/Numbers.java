package dev.altiplano.planner.quantity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same on every machine. */
public final class Numbers {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private Numbers() {}

    /** Four significant digits; whole numbers below 10 million keep all of theirs. */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        double magnitude = Math.abs(value);
        return magnitude >= 1e7 || magnitude < 1e-4
                ? String.format(Locale.ROOT, "%.3e", value)
                : rounded.stripTrailingZeros().toPlainString();
    }
}
