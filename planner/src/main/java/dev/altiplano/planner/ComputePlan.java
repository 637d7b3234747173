package dev.altiplano.planner;

import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.step.FlopsConvention;
import dev.altiplano.planner.step.Utilisation;
import java.util.List;
import java.util.Map;

/**
 * Size, work and speed, before any failure.
 *
 * @param parameters of the whole model
 * @param activeParameters that one token passes through
 * @param flopsPerToken training FLOPs of one token in each convention
 * @param tokensPerSecond of the whole job
 * @param speedIncludesStops whether that rate comes from the hours of a whole run, stops included
 * @param utilisation of the job's accelerators in each convention
 * @param jobGpus accelerators that work on the job
 */
public record ComputePlan(
        double parameters,
        double activeParameters,
        Map<FlopsConvention, Double> flopsPerToken,
        Quantity tokensPerSecond,
        boolean speedIncludesStops,
        List<Utilisation> utilisation,
        long jobGpus) {
    public ComputePlan {
        flopsPerToken = Map.copyOf(flopsPerToken);
        utilisation = List.copyOf(utilisation);
    }

    /** Training FLOPs of {@code tokens} tokens. */
    public double flops(FlopsConvention convention, double tokens) {
        return flopsPerToken.getOrDefault(convention, 0.0) * tokens;
    }
}
