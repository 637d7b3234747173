package dev.altiplano.planner.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear scale of an axis.
 *
 * @param from value at {@code start}
 * @param until value at {@code end}
 * @param start coordinate
 * @param end coordinate
 */
record Scale(double from, double until, double start, double end) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    double at(double value) {
        return start + (value - from) / (until - from) * (end - start);
    }

    /** Round values in the range, at most {@code count} of them, evenly spaced. */
    List<Double> ticks(int count) {
        double step = step((until - from) / count);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(from / step); i * step <= until * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** 1, 2, 2.5 or 5 times a power of ten that is {@code least} or more. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : STEPS) {
            if (step * power >= least * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
