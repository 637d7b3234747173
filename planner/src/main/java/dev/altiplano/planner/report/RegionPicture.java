package dev.altiplano.planner.report;

import dev.altiplano.planner.catalog.Catalog;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.site.GridRegion;
import dev.altiplano.planner.site.RegionComparison;
import dev.altiplano.planner.site.RegionYear;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/** Price against carbon for the same load in every region that has both. */
final class RegionPicture {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 56;
    private static final double BOTTOM = 44;
    private static final double TOP = 28;
    private static final double RIGHT = 30;

    private final Texts texts;
    private final List<RegionYear> years;
    private final Scale price;
    private final Scale carbon;

    private RegionPicture(Texts texts, RegionComparison comparison) {
        this.texts = texts;
        years = comparison.regions();
        DoubleSummaryStatistics cents =
                years.stream().mapToDouble(RegionPicture::cents).summaryStatistics();
        double most = years.stream().mapToDouble(y -> y.region().kgPerKwh()).max().orElse(1);
        price =
                new Scale(
                        Math.floor(0.8 * cents.getMin()),
                        Math.ceil(1.05 * cents.getMax()),
                        LEFT,
                        WIDTH - RIGHT);
        carbon = new Scale(0, 1.1 * most, HEIGHT - BOTTOM, TOP);
    }

    static Section of(Texts texts, Catalog catalog, FacilityPower load) {
        List<GridRegion> regions = GridRegion.places(catalog);
        RegionComparison comparison =
                RegionComparison.of(regions, load, CapitalCost.HOURS_PER_YEAR);
        return new RegionPicture(texts, comparison).section(comparison, load);
    }

    private Section section(RegionComparison comparison, FacilityPower load) {
        String title = texts.text("region.title");
        String best = comparison.front().stream().map(this::name).collect(Collectors.joining(", "));
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
                .text(LEFT, TOP - 9, Svg.Anchor.START, "", texts.text("region.carbon"));
        for (double tick : price.ticks(8)) {
            double x = price.at(tick);
            svg.line(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4, "axis")
                    .text(
                            x,
                            HEIGHT - BOTTOM + 18,
                            Svg.Anchor.MIDDLE,
                            "",
                            texts.significant(tick, 3));
        }
        for (double kg : carbon.ticks(8)) {
            double y = carbon.at(kg);
            svg.line(LEFT, y, WIDTH - RIGHT, y, "grid")
                    .text(LEFT - 6, y + 4, Svg.Anchor.END, "", texts.number(kg, 1));
        }
        drawRegions(svg);
        return svg.end();
    }

    private void drawRegions(Svg svg) {
        LabelPlaces places = new LabelPlaces();
        years.forEach(year -> places.keepFree(x(year), y(year), radius(year)));
        for (RegionYear year : years) {
            String colour = year.onFront() ? "c5" : "c4";
            svg.circle(x(year), y(year), radius(year), colour, label(year));
        }
        for (RegionYear year : years) {
            String name = year.region().name();
            LabelPlaces.Place place = places.of(x(year), y(year), radius(year), name);
            svg.text(place.x(), place.y(), place.anchor(), "halo", name);
        }
    }

    private static double radius(RegionYear year) {
        return year.onFront() ? 7 : 5;
    }

    private String label(RegionYear year) {
        return "%s: %s c/kWh, %s kg/kWh"
                .formatted(
                        name(year),
                        texts.number(cents(year), 2),
                        texts.number(year.region().kgPerKwh(), 3));
    }

    private String name(RegionYear year) {
        return texts.textOr("region." + year.region().name(), year.region().title());
    }

    private static double cents(RegionYear year) {
        return 100 * year.region().pricePerKwh().toDouble();
    }

    private double x(RegionYear year) {
        return price.at(cents(year));
    }

    private double y(RegionYear year) {
        return carbon.at(year.region().kgPerKwh());
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
                    name(year),
                    texts.number(cents(year), 2),
                    texts.number(year.region().kgPerKwh(), 3),
                    texts.number(year.cost().toDouble() / 1e6, 0),
                    texts.number(year.carbon().tonnes() / 1_000, 0),
                    texts.text(year.onFront() ? "yes" : "no"));
        }
        return table;
    }
}
