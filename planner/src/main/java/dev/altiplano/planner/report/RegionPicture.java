package dev.altiplano.planner.report;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.GridRegion;
import dev.altiplano.planner.site.RegionComparison;
import dev.altiplano.planner.site.RegionYear;
import java.util.List;
import java.util.stream.Collectors;

/** Price against carbon for the same load in every region that has both. */
final class RegionPicture {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 56;
    private static final double BOTTOM = 44;
    private static final double TOP = 12;
    private static final double RIGHT = 30;

    private final Texts texts;
    private final List<RegionYear> years;
    private final double priceMax;
    private final double carbonMax;

    private RegionPicture(Texts texts, RegionComparison comparison) {
        this.texts = texts;
        years = comparison.regions();
        priceMax = 1.08 * years.stream().mapToDouble(RegionPicture::cents).max().orElse(1);
        carbonMax = 1.1 * years.stream().mapToDouble(y -> y.region().kgPerKwh()).max().orElse(1);
    }

    static Section of(Texts texts, Catalog catalog, FacilityPower load) {
        List<GridRegion> regions = GridRegion.places(catalog);
        RegionComparison comparison =
                RegionComparison.of(regions, load, CapitalCost.HOURS_PER_YEAR);
        return new RegionPicture(texts, comparison).section(comparison, load);
    }

    private Section section(RegionComparison comparison, FacilityPower load) {
        String title = texts.text("region.title");
        String best =
                comparison.front().stream()
                        .map(year -> year.region().title())
                        .collect(Collectors.joining(", "));
        String lead = texts.text("region.lead", texts.megawatts(load.watts()), best);
        return new Section(
                "regions", title, lead, List.of(draw(title, lead)), legend(), List.of(table()));
    }

    private List<Section.LegendEntry> legend() {
        return List.of(
                new Section.LegendEntry("c5", texts.text("region.front")),
                new Section.LegendEntry("c4", texts.text("region.beaten")));
    }

    private String draw(String title, String lead) {
        Svg svg = new Svg(WIDTH, HEIGHT, title, lead);
        svg.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "axis")
                .line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "axis")
                .text(WIDTH - RIGHT, HEIGHT - 6, Svg.Anchor.END, "", texts.text("region.price"))
                .text(LEFT + 6, TOP + 10, Svg.Anchor.START, "", texts.text("region.carbon"));
        for (int cents = 0; cents <= priceMax; cents += 4) {
            svg.text(x(cents), HEIGHT - BOTTOM + 16, Svg.Anchor.MIDDLE, "", "" + cents);
        }
        for (double kg = 0; kg <= carbonMax; kg += 0.1) {
            svg.line(LEFT, y(kg), WIDTH - RIGHT, y(kg), "grid")
                    .text(LEFT - 6, y(kg) + 4, Svg.Anchor.END, "", texts.number(kg, 1));
        }
        for (RegionYear year : years) {
            double x = x(cents(year));
            double y = y(year.region().kgPerKwh());
            svg.circle(x, y, year.onFront() ? 7 : 5, year.onFront() ? "c5" : "c4", label(year))
                    .text(x + 9, y + 4, Svg.Anchor.START, "halo", year.region().name());
        }
        return svg.end();
    }

    private String label(RegionYear year) {
        return "%s: %s c/kWh, %s kg/kWh"
                .formatted(
                        year.region().title(),
                        texts.number(cents(year), 2),
                        texts.number(year.region().kgPerKwh(), 3));
    }

    private static double cents(RegionYear year) {
        return 100 * year.region().pricePerKwh().toDouble();
    }

    private double x(double cents) {
        return LEFT + cents / priceMax * (WIDTH - LEFT - RIGHT);
    }

    private double y(double kg) {
        return HEIGHT - BOTTOM - kg / carbonMax * (HEIGHT - BOTTOM - TOP);
    }

    private DataTable table() {
        DataTable table =
                new DataTable(
                        texts.text("region.title"),
                        texts.text("region.column"),
                        texts.text("region.price"),
                        texts.text("region.carbon"),
                        texts.text("region.cost"),
                        texts.text("region.tonnes"),
                        texts.text("region.best"));
        for (RegionYear year : years) {
            table.row(
                    year.region().title(),
                    texts.number(cents(year), 2),
                    texts.number(year.region().kgPerKwh(), 3),
                    texts.number(year.cost().toDouble() / 1e6, 0),
                    texts.number(year.carbon().tonnes() / 1_000, 0),
                    texts.text(year.onFront() ? "yes" : "no"));
        }
        return table;
    }
}
