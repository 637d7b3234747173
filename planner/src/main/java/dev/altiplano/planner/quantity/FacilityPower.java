package dev.altiplano.planner.quantity;

/** What the site draws at its meter: computing equipment, cooling, distribution. */
public record FacilityPower(double watts) implements Power<FacilityPower> {
    @Override
    public FacilityPower ofWatts(double newWatts) {
        return new FacilityPower(newWatts);
    }

    /** What is left for the computing equipment at a power usage effectiveness of at least 1. */
    public ItPower itAtPue(double pue) {
        return new ItPower(watts / pue);
    }
}
