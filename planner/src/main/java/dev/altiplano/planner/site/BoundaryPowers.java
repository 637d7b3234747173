package dev.altiplano.planner.site;

import dev.altiplano.planner.quantity.AcceleratorPower;
import dev.altiplano.planner.quantity.Boundary;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.NodePower;
import dev.altiplano.planner.quantity.Power;

/** The same machines at the same moment, seen at each boundary. */
public record BoundaryPowers(
        AcceleratorPower accelerator, NodePower node, ItPower it, FacilityPower facility) {

    /** With the PUE of the chain's design load, as for a site that is built for this load. */
    static BoundaryPowers atDesign(AcceleratorPower accelerator, NodePower node, PowerChain chain) {
        ItPower it = chain.it(node);
        return new BoundaryPowers(accelerator, node, it, it.atPue(chain.pue()));
    }

    /** As many times the same machines. */
    public BoundaryPowers times(double count) {
        return new BoundaryPowers(
                accelerator.times(count),
                node.times(count),
                it.times(count),
                facility.times(count));
    }

    public Power<?> at(Boundary boundary) {
        return switch (boundary) {
            case ACCELERATOR -> accelerator;
            case NODE -> node;
            case IT -> it;
            case FACILITY -> facility;
        };
    }

    /** What the meter shows when machines of this kind draw {@code watts} at {@code boundary}. */
    public FacilityPower facilityFor(double watts, Boundary boundary) {
        return facility.times(watts / at(boundary).watts());
    }
}
