package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.quantity.Unit;
import java.util.List;
import java.util.Optional;

/**
 * A place with its grid.
 *
 * @param name short, such as {@code TX}
 * @param pricePerKwh of electricity
 * @param kgPerKwh location-based emissions
 */
public record GridRegion(String name, String title, Money pricePerKwh, double kgPerKwh) {
    private static final Unit USD_PER_KWH = Unit.of("USD/kWh");
    private static final Unit KG_PER_KWH = Unit.of("kg/kWh");

    public GridRegion {
        notNegative("kgPerKwh", kgPerKwh);
    }

    /** One of the catalogue or of a plan; empty if its price is not known. */
    public static Optional<GridRegion> of(Region region) {
        return region.price()
                .map(
                        price ->
                                new GridRegion(
                                        region.name(),
                                        region.title(),
                                        Money.ofUsd(price.in(USD_PER_KWH).likely()),
                                        region.carbon().in(KG_PER_KWH).likely()));
    }

    /** Every place of the catalogue that can be built in and whose price is known. */
    public static List<GridRegion> places(Catalog catalog) {
        return catalog.regions().values().stream()
                .filter(region -> !region.average())
                .flatMap(region -> of(region).stream())
                .toList();
    }
}
