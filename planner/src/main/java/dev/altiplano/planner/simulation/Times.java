package dev.altiplano.planner.simulation;

/** Simulated time: whole microseconds from the start of the run, in a {@code long}. */
final class Times {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long QUARTER_HOUR = 15 * MINUTE;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** The longest run that is simulated. */
    static final long YEARS_MAX = 100 * 8_766L * HOUR;

    /** Later than any event; two of them still add without overflow. */
    static final long NEVER = Long.MAX_VALUE / 4;

    /** Full speed, in parts per million. */
    static final int FULL_SPEED_PPM = 1_000_000;

    private Times() {}

    /** Rounded to the nearest microsecond. */
    static long micros(double seconds) {
        double value = seconds * SECOND;
        return value < NEVER ? Math.round(value) : NEVER;
    }

    static double seconds(long micros) {
        return micros / (double) SECOND;
    }

    /** {@code from + delay}, at most {@link #NEVER}. */
    static long after(long from, long delay) {
        return Math.min(NEVER, from + delay);
    }
}
