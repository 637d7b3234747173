package dev.altiplano.planner.claims;

import java.math.BigDecimal;

/**
 * A number with the precision that it was printed with.
 *
 * @param half half of the last digit that says something: 150 is 145 to 155, 3.8e25 is 3.75e25 to
 *     3.85e25. Trailing zeros of a whole number say nothing.
 * @param inputHalf the same for a figure that others are computed from; 0 for a whole number, which
 *     is taken as a count
 */
record PrintedNumber(double value, double half, double inputHalf) {

    static PrintedNumber of(BigDecimal printed) {
        double half = 0.5 * Math.pow(10, -printed.scale());
        boolean whole = printed.scale() <= 0;
        BigDecimal digits = whole && printed.signum() != 0 ? printed.stripTrailingZeros() : printed;
        return new PrintedNumber(
                printed.doubleValue(),
                0.5 * Math.pow(10, -digits.scale()),
                printed.scale() == 0 ? 0 : half);
    }

    /** The same number in thousands or millions: no longer a count to the last unit. */
    PrintedNumber scaled(double factor) {
        double rounding = inputHalf == 0 ? 0.5 : inputHalf;
        return new PrintedNumber(value * factor, half * factor, rounding * factor);
    }

    PrintedNumber times(double factor) {
        double size = Math.abs(factor);
        return new PrintedNumber(value * factor, half * size, inputHalf * size);
    }

    static PrintedNumber exactly(double value) {
        return new PrintedNumber(value, 0, 0);
    }
}
