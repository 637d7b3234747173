package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * A synchronous step waits for its slowest node.
 *
 * @param sigma spread of the node speeds, a Gaussian share (0.3 % assumed)
 * @param slowShare share of hosts that are plainly slow (MegaScale saw about 0.5 %)
 * @param slowBy how much slower those are (about 10 %)
 */
public record Stragglers(double sigma, double slowShare, double slowBy) {
    /** No spread: the step time of the constants' own rows. */
    public static final Stragglers NONE = new Stragglers(0, 0, 0);

    /** Assumed spread; slow hosts found and removed. */
    public static final Stragglers SPREAD = new Stragglers(0.003, 0, 0);

    public Stragglers {
        Checks.notNegative("spread of node speeds", sigma);
        Checks.notNegative("delay of slow hosts", slowBy);
        if (!(slowShare >= 0 && slowShare <= 1)) {
            throw new IllegalArgumentException(
                    "share of slow hosts %s is outside 0 to 1".formatted(slowShare));
        }
    }

    /**
     * Expected factor of the slowest of {@code nodes} nodes: {@code 1 + σ sqrt(2 ln n)}, or a slow
     * host's delay with the chance that the job has one.
     */
    public double factor(double nodes) {
        double spread = sigma * Math.sqrt(2 * Math.log(Math.max(1, nodes)));
        double chance = 1 - Math.pow(1 - slowShare, nodes);
        return 1 + spread + chance * Math.max(0, slowBy - spread);
    }
}
