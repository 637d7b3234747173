package dev.altiplano.planner.site;

/** Market-based: after contracts for green power. Shown beside a {@link LocationCarbon} only. */
public record MarketCarbon(double kilograms) implements Carbon<MarketCarbon> {
    @Override
    public MarketCarbon ofKilograms(double newKilograms) {
        return new MarketCarbon(newKilograms);
    }
}
