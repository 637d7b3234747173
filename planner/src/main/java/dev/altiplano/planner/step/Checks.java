package dev.altiplano.planner.step;

/** The bounds that every record of this package keeps. */
final class Checks {
    private Checks() {}

    static void range(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "%s %d is outside %d to %d".formatted(name, value, low, high));
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s %s is not a positive, finite number".formatted(name, value));
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s %s is not zero or a positive, finite number".formatted(name, value));
        }
    }
}
