package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;

/**
 * What an expression comes to, in base units.
 *
 * @param half how far the printed precision of its parts may move it
 * @param formula with the numbers put in
 */
record Computed(double value, double half, Dimension dimension, String formula) {

    Computed {
        if (!Double.isFinite(value) || !Double.isFinite(half)) {
            throw new NotUnderstood(Said.of("a number that overflows: {}", formula));
        }
    }

    static Computed of(Measure measure) {
        return new Computed(
                measure.base(), measure.baseInputHalf(), measure.dimension(), measure.toString());
    }

    private double relative() {
        return value == 0 ? 0 : half / Math.abs(value);
    }

    Computed times(Computed other) {
        return product(other, value * other.value, dimension.times(other.dimension), " × ");
    }

    Computed over(Computed other) {
        if (other.value == 0) {
            throw new NotUnderstood(Said.of("a division by zero"));
        }
        return product(other, value / other.value, dimension.over(other.dimension), " / ");
    }

    private Computed product(Computed other, double result, Dimension unit, String sign) {
        double band = (relative() + other.relative()) * Math.abs(result);
        return new Computed(result, band, unit, formula + sign + other.formula);
    }

    Computed plus(Computed other, double sign) {
        if (!dimension.equals(other.dimension)) {
            throw new NotUnderstood(
                    Said.of(
                            "{} and {} cannot be added ({}, {})",
                            formula,
                            other.formula,
                            Measured.said(dimension),
                            Measured.said(other.dimension)));
        }
        return new Computed(
                value + sign * other.value,
                half + other.half,
                dimension,
                formula + (sign < 0 ? " - " : " + ") + other.formula);
    }

    Computed grown(Computed share, int sign) {
        double factor = 1 + sign * share.value;
        double band = relative() * Math.abs(value * factor) + share.half * Math.abs(value);
        String text = "%s × (1 %s %s)".formatted(formula, sign < 0 ? "-" : "+", share.formula);
        return new Computed(value * factor, band, dimension, text);
    }

    Computed bracketed() {
        return new Computed(value, half, dimension, "(" + formula + ")");
    }
}
