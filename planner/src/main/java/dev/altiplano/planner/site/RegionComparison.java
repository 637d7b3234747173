package dev.altiplano.planner.site;

import dev.altiplano.planner.quantity.FacilityPower;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The same load in several regions. Price and carbon do not agree, so the choice is a front, not a
 * winner.
 *
 * @param regions cheapest first, then cleanest, then by name
 */
public record RegionComparison(List<RegionYear> regions) {
    private static final Comparator<RegionYear> ORDER =
            Comparator.comparing((RegionYear year) -> year.region().pricePerKwh())
                    .thenComparing(RegionYear::carbon)
                    .thenComparing(year -> year.region().name());

    public RegionComparison {
        regions = List.copyOf(regions);
    }

    /** A constant load for {@code hours}. */
    public static RegionComparison of(
            Collection<GridRegion> regions, FacilityPower load, double hours) {
        double energyKwh = load.watts() / 1_000 * hours;
        return new RegionComparison(
                regions.stream()
                        .map(
                                region ->
                                        new RegionYear(
                                                region, energyKwh, isOnFront(region, regions)))
                        .sorted(ORDER)
                        .toList());
    }

    /** The regions that no other beats, cheapest first. */
    public List<RegionYear> front() {
        return regions.stream().filter(RegionYear::onFront).toList();
    }

    private static boolean isOnFront(GridRegion region, Collection<GridRegion> regions) {
        return regions.stream().noneMatch(other -> beats(other, region));
    }

    private static boolean beats(GridRegion a, GridRegion b) {
        int price = a.pricePerKwh().compareTo(b.pricePerKwh());
        int carbon = Double.compare(a.kgPerKwh(), b.kgPerKwh());
        return price <= 0 && carbon <= 0 && (price < 0 || carbon < 0);
    }
}
