package dev.altiplano.planner.quantity;

/** What the computing equipment draws: nodes, network, storage. */
public record ItPower(double watts) implements Power<ItPower> {
    @Override
    public ItPower ofWatts(double newWatts) {
        return new ItPower(newWatts);
    }

    /** At the meter, with a power usage effectiveness of at least 1. */
    public FacilityPower atPue(double pue) {
        return new FacilityPower(watts * pue);
    }
}
