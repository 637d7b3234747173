package dev.altiplano.planner.quantity;

import java.util.List;

/**
 * A computed result.
 *
 * @param value P10, most likely (the formula at the likely inputs) and P90; its grade is the worst
 *     among the inputs that explain a tenth or more of the variance
 * @param median P50 of the samples, in the unit of {@code value}
 * @param movers the inputs that move it most, at most three, the first one most
 */
public record Estimate(Quantity value, double median, List<Mover> movers) {
    public Estimate {
        movers = List.copyOf(movers);
    }

    /**
     * An input's part in the variance of a result.
     *
     * @param share first-order Sobol index, 0 to 1
     */
    public record Mover(String input, double share, Quantity quantity) {}
}
