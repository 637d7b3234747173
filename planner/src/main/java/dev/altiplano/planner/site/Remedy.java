package dev.altiplano.planner.site;

import dev.altiplano.planner.money.Money;

/**
 * One way to calm the swing of training steps.
 *
 * @param swingWatts that is left
 * @param extraKwh that it uses over the time asked for
 * @param energyCost of that energy
 * @param capital to buy it
 */
public record Remedy(
        Kind kind, double swingWatts, double extraKwh, Money energyCost, Money capital) {

    public enum Kind {
        /** Work without use while accelerators wait. */
        FILLER_WORK,
        /** Accelerators that do not fall below a share of their busy power. */
        SMOOTHING_FLOOR,
        /** Storage in the rack: the peak falls by up to 30 % (stated for GB300 supplies). */
        RACK_STORAGE
    }
}
