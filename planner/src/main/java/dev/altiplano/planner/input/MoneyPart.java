package dev.altiplano.planner.input;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.catalog.Region;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Section;
import java.util.Optional;

/** Reads {@code money}; what the plan leaves out comes from the catalogue, with its band. */
final class MoneyPart {
    /** Whose price stands in for that of a region without one. */
    private static final String AVERAGE = "US";

    private static final Optional<String> AUTO = Optional.of("auto");

    private final Section section;
    private final Catalog catalog;

    private MoneyPart(Section section, Catalog catalog) {
        this.section = section;
        this.catalog = catalog;
    }

    static MoneyInput read(Section section, Catalog catalog, Region region) {
        return new MoneyPart(section, catalog).read(region);
    }

    private MoneyInput read(Region region) {
        return new MoneyInput(
                price("server", "server"),
                section.quantity("network"),
                section.quantity("building"),
                price("life", "life"),
                price("residual", "residual"),
                section.quantity("utilisation"),
                tariff(region),
                isAutomatic(),
                price("demand_charge", "demand-charge"),
                section.quantity("staff"),
                price("rental", "rental"));
    }

    private Quantity price(String key, String figure) {
        return section.quantityOr(key, catalog.figure(figure).value());
    }

    private Quantity tariff(Region region) {
        if (!isAutomatic()) {
            return section.quantity("tariff");
        }
        return region.price().orElseGet(() -> averageTariff(region));
    }

    private boolean isAutomatic() {
        return !section.has("tariff") || section.optionalText("tariff").equals(AUTO);
    }

    private Quantity averageTariff(Region region) {
        return section.standIn(
                "tariff",
                Named.of(catalog.regions(), AVERAGE).price().orElseThrow(),
                "average of the United States: no price is known for " + region.title());
    }
}
