package dev.altiplano.planner.simulation;

import java.util.Arrays;

/** The 10 %, 50 % and 90 % points of a sample, linear between neighbours. */
public record Percentiles(double p10, double p50, double p90) {
    /** {@code values} has one element or more and is left as it is. */
    public static Percentiles of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
    }

    private static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
