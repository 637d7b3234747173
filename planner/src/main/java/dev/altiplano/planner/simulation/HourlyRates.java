package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * Emissions and price of energy for each hour of a run, from its start. Immutable.
 *
 * <p>{@link #NONE} asks for neither, of a run of any length.
 */
public final class HourlyRates {
    public static final HourlyRates NONE = new HourlyRates(new double[0], new double[0]);

    private static final double JOULES_PER_KWH = 3.6e6;

    private final double[] kgPerKwh;
    private final double[] usdPerKwh;

    /** Both have one value for each hour. */
    public HourlyRates(double[] kgPerKwh, double[] usdPerKwh) {
        if (kgPerKwh.length != usdPerKwh.length) {
            throw new IllegalArgumentException("as many factors as prices");
        }
        this.kgPerKwh = kgPerKwh.clone();
        this.usdPerKwh = usdPerKwh.clone();
    }

    boolean isEmpty() {
        return kgPerKwh.length == 0;
    }

    /** What {@code watts} between two moments emit and cost. Throws E005 after the last hour. */
    Use of(double watts, long fromMicros, long toMicros) {
        double kilograms = 0;
        double usd = 0;
        long from = fromMicros;
        while (from < toMicros) {
            long hour = from / Times.HOUR;
            if (hour >= kgPerKwh.length) {
                throw new PlannerException(
                        ErrorCode.E005,
                        "the hourly series has %d hours, a simulated run lasts longer"
                                .formatted(kgPerKwh.length));
            }
            long until = Math.min(toMicros, (hour + 1) * Times.HOUR);
            double kwh = watts * Times.seconds(until - from) / JOULES_PER_KWH;
            kilograms += kwh * kgPerKwh[(int) hour];
            usd += kwh * usdPerKwh[(int) hour];
            from = until;
        }
        return new Use(kilograms, usd);
    }

    /** Emissions and price of some energy. */
    record Use(double kilograms, double usd) {}
}
