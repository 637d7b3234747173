package dev.altiplano.planner.quantity;

/** What whole nodes draw: accelerators, processors, memory, fans, power supplies. */
public record NodePower(double watts) implements Power<NodePower> {
    @Override
    public NodePower ofWatts(double newWatts) {
        return new NodePower(newWatts);
    }

    /** Adds network and storage as a share of the nodes' power, such as 0.10. */
    public ItPower withNetworkAndStorage(double share) {
        return new ItPower(watts * (1 + share));
    }
}
