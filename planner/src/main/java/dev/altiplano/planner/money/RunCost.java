package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Cost of a training run: {@code GPU-hours x price / goodput}.
 *
 * @param gpuHours that the work takes without failures
 * @param usdPerGpuHour own total cost, or a rent
 * @param goodput share of the fault-free throughput that is left, above 0 and up to 1
 */
public record RunCost(double gpuHours, double usdPerGpuHour, double goodput) {
    public RunCost {
        notNegative("gpuHours", gpuHours);
        notNegative("usdPerGpuHour", usdPerGpuHour);
        positive("goodput", goodput);
        share("goodput", goodput);
    }

    /** Hours that are paid for. */
    public double paidGpuHours() {
        return gpuHours / goodput;
    }

    public double usd() {
        return paidGpuHours() * usdPerGpuHour;
    }

    public Money total() {
        return Money.ofUsd(usd());
    }

    /** Per million of the run's {@code tokens}. */
    public double usdPerMillionTokens(double tokens) {
        positive("tokens", tokens);
        return usd() / tokens * 1e6;
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "run",
                        usd(),
                        "USD",
                        "GPU-hours x price / goodput",
                        "{} x {} / {}",
                        gpuHours,
                        usdPerGpuHour,
                        goodput));
    }
}
