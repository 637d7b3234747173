package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.LayerCost;

/**
 * One choice of degrees; what is left open are schedule, virtual stages, recomputation and
 * sharding.
 *
 * @param microBatches m, of one step and pipeline
 * @param cost of a layer, the same for all that is left open
 */
record Point(ModelDegrees degrees, int dp, int micro, long microBatches, LayerCost cost) {
    int pp() {
        return degrees.pp();
    }

    /** Ranks that hold the same dense parameters. */
    int replicas() {
        return dp * degrees.cp();
    }
}
