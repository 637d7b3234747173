package dev.altiplano.planner;

import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.Goodput;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.reliability.RateBand;

/**
 * Stops and what they cost, in closed form.
 *
 * @param stopsPerHour unexpected stops with the band that counting leaves
 * @param stops the same rate with grade and source of its profile
 * @param spareNodes kept free
 * @param kept where the wall clock goes, at the likely values
 * @param goodput share of the fault-free throughput that is left
 * @param trainingDays of the whole run, with what moves them
 */
public record FailurePlan(
        RateBand stopsPerHour,
        Quantity stops,
        int spareNodes,
        KeptTime kept,
        Goodput goodput,
        Estimate trainingDays) {

    /** The chance that no unexpected stop comes before the tokens are trained on. */
    public double chanceOfNoStop() {
        double hours = 24 * trainingDays.value().likely();
        return Math.exp(-stopsPerHour.likelyPerHour() * hours);
    }

    /** Unexpected stops and checkpoints alone; its exact form is the one that counts. */
    public EffectiveTime effective() {
        return kept.stops();
    }
}
