package dev.altiplano.planner.reliability;

/**
 * What remains of the fault-free throughput.
 *
 * @param effectiveShare of the wall clock, 0 to 1
 * @param relativeThroughput while training, against the fault-free rate: 1 unless degraded
 */
public record Goodput(double effectiveShare, double relativeThroughput) {
    private static final double SECONDS_PER_DAY = 86_400;

    public double share() {
        return effectiveShare * relativeThroughput;
    }

    /** {@code tokens / (tokens/s x goodput) / 86,400}. */
    public double trainingDays(double tokens, double tokensPerSecond) {
        return tokens / (tokensPerSecond * share()) / SECONDS_PER_DAY;
    }
}
