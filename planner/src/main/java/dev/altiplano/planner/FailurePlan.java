package dev.altiplano.planner;

import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.Goodput;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.reliability.RateBand;

/**
 * Stops and what they cost, in closed form.
 *
 * @param stopsPerHour unexpected stops with the band that counting leaves
 * @param spareNodes kept free
 * @param kept where the wall clock goes, at the likely values
 * @param goodput share of the fault-free throughput that is left
 * @param trainingDays of the whole run, with what moves them
 */
public record FailurePlan(
        RateBand stopsPerHour,
        int spareNodes,
        KeptTime kept,
        Goodput goodput,
        Estimate trainingDays) {

    /** Unexpected stops and checkpoints alone; its exact form is the one that counts. */
    public EffectiveTime effective() {
        return kept.stops();
    }
}
