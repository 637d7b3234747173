package dev.altiplano.planner.site;

import java.util.Optional;

/**
 * The carbon of a run or a year. The location-based figure is always there; a market-based one may
 * stand beside it, never in its place.
 */
public record CarbonReport(
        LocationCarbon location, Optional<MarketCarbon> market, EmbodiedCarbon embodied) {

    /** Operation at the place itself, and the hardware's part. */
    public double totalKilograms() {
        return location.kilograms() + embodied.kilograms();
    }
}
