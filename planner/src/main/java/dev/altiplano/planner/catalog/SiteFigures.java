package dev.altiplano.planner.catalog;

import dev.altiplano.planner.quantity.Quantity;

/**
 * The figures of the catalogue that hold for any site.
 *
 * @param networkShare power of network and storage over that of the nodes
 * @param fixedShare part of a facility's overhead that does not follow the load
 * @param waitingShare power of an accelerator that waits over one that trains
 * @param capExponent between speed and power above idle
 * @param water that cooling takes for the energy of computing equipment
 * @param embodied carbon of making one accelerator and its share of the host
 */
public record SiteFigures(
        Quantity networkShare,
        Quantity fixedShare,
        Quantity waitingShare,
        Quantity capExponent,
        Quantity water,
        Quantity embodied) {

    public static SiteFigures of(Catalog catalog) {
        return new SiteFigures(
                catalog.figure("network-and-storage").value(),
                catalog.figure("fixed-overhead-share").value(),
                catalog.figure("waiting-share").value(),
                catalog.figure("power-cap-exponent").value(),
                catalog.figure("water").value(),
                catalog.figure("embodied").value());
    }
}
