package dev.altiplano.planner.report;

import dev.altiplano.planner.MoneyPlan;
import dev.altiplano.planner.money.HourPart;
import dev.altiplano.planner.money.RunCost;
import java.util.List;
import java.util.Locale;

/** What an hour of one accelerator costs, and what the run and its tokens come to. */
final class CostPicture {
    private static final double WIDTH = 640;
    private static final double LEFT = 4;
    private static final double BAR = 26;
    private static final double ROW = 58;
    private static final double HEIGHT = 2 * ROW + 6;

    private final Texts texts;
    private final MoneyPlan money;
    private final List<HourPart> parts;

    private CostPicture(Texts texts, MoneyPlan money) {
        this.texts = texts;
        this.money = money;
        parts = money.hourParts();
    }

    static Section of(Texts texts, MoneyPlan money) {
        return new CostPicture(texts, money).section();
    }

    private Section section() {
        String title = texts.text("cost.title");
        String lead =
                texts.text(
                        "cost.lead",
                        usd(money.own().usdPerGpuHour()),
                        texts.percent(money.hour().capitalShare()),
                        texts.percent(money.hour().electricityShare()),
                        texts.number(money.own().usd() / 1e6, 0));
        List<Section.LegendEntry> legend =
                parts.stream()
                        .filter(part -> part.usd() > 0)
                        .map(part -> new Section.LegendEntry(colour(part), name(part)))
                        .toList();
        return new Section(
                "cost",
                title,
                lead,
                List.of(draw(title, lead)),
                legend,
                List.of(partTable(), runTable()));
    }

    private String name(HourPart part) {
        return texts.text("cost." + part.kind().name().toLowerCase(Locale.ROOT));
    }

    private static String colour(HourPart part) {
        return switch (part.kind()) {
            case SERVERS -> "c0";
            case ENERGY -> "c1";
            case DEMAND -> "c6";
            case NETWORK -> "c4";
            case BUILDING -> "c5";
            case STAFF -> "c2";
            case SPARES -> "c3";
            case IDLE -> "c7";
        };
    }

    private String draw(String title, String lead) {
        Svg svg = new Svg(WIDTH, HEIGHT, title, lead);
        double most = Math.max(money.own().usdPerGpuHour(), money.rented().usdPerGpuHour());
        double scale = (WIDTH - 2 * LEFT) / most;
        svg.text(LEFT, 18, Svg.Anchor.START, "", label("cost.own", money.own()));
        double x = LEFT;
        for (HourPart part : parts) {
            double width = part.usd() * scale;
            svg.rectangle(x, 26, width, BAR, colour(part), name(part) + ": " + usd(part.usd()));
            x += width;
        }
        String rented = label("cost.rented", money.rented());
        double width = money.rented().usdPerGpuHour() * scale;
        return svg.text(LEFT, ROW + 18, Svg.Anchor.START, "", rented)
                .rectangle(LEFT, ROW + 26, width, BAR, "c7", rented)
                .end();
    }

    private String label(String way, RunCost cost) {
        return texts.text(
                "cost.label",
                texts.text(way),
                usd(cost.usdPerGpuHour()),
                usd(money.usdPerMillionTokens(cost)));
    }

    private DataTable partTable() {
        DataTable table =
                new DataTable(
                        texts.text("cost.title"),
                        texts.text("step.part"),
                        texts.text("cost.usd"),
                        texts.text("column.share"));
        parts.forEach(
                part ->
                        table.row(
                                name(part),
                                texts.number(part.usd(), 3),
                                texts.percent(part.share())));
        return table.row(
                texts.text("column.sum"),
                texts.number(money.hour().usdPerGpuHour(), 3),
                texts.percent(1));
    }

    private DataTable runTable() {
        DataTable table =
                new DataTable(
                        texts.text("cost.run"),
                        texts.text("cost.way"),
                        texts.text("cost.hour"),
                        texts.text("cost.million"),
                        texts.text("cost.token"));
        addRun(table, "cost.own", money.own());
        addRun(table, "cost.rented", money.rented());
        return table;
    }

    private void addRun(DataTable table, String key, RunCost run) {
        table.row(
                texts.text(key),
                usd(run.usdPerGpuHour()),
                texts.number(run.usd() / 1e6, 1),
                usd(money.usdPerMillionTokens(run)));
    }

    private String usd(double amount) {
        return "US$\u00a0" + texts.number(amount, 2);
    }
}
