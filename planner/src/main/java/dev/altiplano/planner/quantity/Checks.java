package dev.altiplano.planner.quantity;

/** The bounds that records of numbers keep. */
public final class Checks {
    private Checks() {}

    public static void range(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "%s %d is outside %d to %d".formatted(name, value, low, high));
        }
    }

    public static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s %s is not a positive, finite number".formatted(name, value));
        }
    }

    public static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s %s is not zero or a positive, finite number".formatted(name, value));
        }
    }

    /** {@code value} lies in 0 to 1. */
    public static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s is not 0 to 1".formatted(name, value));
        }
    }
}
