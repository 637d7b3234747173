package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import java.util.List;

/** What an hour of one accelerator costs, and what the run and its tokens come to. */
final class CostPicture {
    private static final double WIDTH = 640;
    private static final double LEFT = 4;
    private static final double BAR = 26;
    private static final double ROW = 58;
    private static final double HEIGHT = 2 * ROW + 6;

    private final Texts texts;
    private final Plan plan;
    private final HourlyCost hour;
    private final List<Part> parts;

    /** A part of an hour's cost. */
    private record Part(String key, double usd, String colour) {}

    private CostPicture(Texts texts, Plan plan) {
        this.texts = texts;
        this.plan = plan;
        hour = plan.money().hour();
        ElectricityBill bill = plan.money().electricity();
        double demandShare = bill.usd() > 0 ? bill.demandUsd() / bill.usd() : 0;
        parts =
                List.of(
                        new Part("cost.capital", hour.capitalUsd(), "c0"),
                        new Part("cost.energy", hour.electricityUsd() * (1 - demandShare), "c1"),
                        new Part("cost.demand", hour.electricityUsd() * demandShare, "c6"),
                        new Part("cost.network", hour.networkUsd(), "c4"),
                        new Part("cost.building", hour.buildingUsd(), "c5"),
                        new Part("cost.staff", hour.staffUsd(), "c2"),
                        new Part("cost.spares", hour.sparesUsd(), "c3"),
                        new Part("cost.idle", hour.idleUsd(), "c7"));
    }

    static Section of(Texts texts, Plan plan) {
        return new CostPicture(texts, plan).section();
    }

    private Section section() {
        String title = texts.text("cost.title");
        String lead =
                texts.text(
                        "cost.lead",
                        usd(hour.usdPerGpuHour()),
                        texts.percent(hour.capitalUsd() / hour.installedUsd()),
                        texts.percent(hour.electricityShare()),
                        texts.number(plan.money().own().usd() / 1e6, 0));
        List<Section.LegendEntry> legend =
                parts.stream()
                        .filter(part -> part.usd() > 0)
                        .map(part -> new Section.LegendEntry(part.colour(), texts.text(part.key())))
                        .toList();
        return new Section(
                "cost",
                title,
                lead,
                List.of(draw(title, lead)),
                legend,
                List.of(partTable(), runTable()));
    }

    private String draw(String title, String lead) {
        Svg svg = new Svg(WIDTH, HEIGHT, title, lead);
        double most = Math.max(hour.usdPerGpuHour(), plan.money().rented().usdPerGpuHour());
        double scale = (WIDTH - 2 * LEFT) / most;
        svg.text(LEFT, 18, Svg.Anchor.START, "", label("cost.own", plan.money().own()));
        double x = LEFT;
        for (Part part : parts) {
            double width = part.usd() * scale;
            String value = texts.text(part.key()) + ": " + usd(part.usd());
            svg.rectangle(x, 26, width, BAR, part.colour(), value);
            x += width;
        }
        String rented = label("cost.rented", plan.money().rented());
        return svg.text(LEFT, ROW + 18, Svg.Anchor.START, "", rented)
                .rectangle(
                        LEFT,
                        ROW + 26,
                        plan.money().rented().usdPerGpuHour() * scale,
                        BAR,
                        "c7",
                        rented)
                .end();
    }

    private String label(String way, RunCost cost) {
        return texts.text(
                "cost.label",
                texts.text(way),
                usd(cost.usdPerGpuHour()),
                usd(cost.usdPerMillionTokens(plan.input().training().tokens())));
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
                                texts.text(part.key()),
                                texts.number(part.usd(), 3),
                                texts.percent(part.usd() / hour.usdPerGpuHour())));
        return table.row(
                texts.text("column.sum"), texts.number(hour.usdPerGpuHour(), 3), texts.percent(1));
    }

    private DataTable runTable() {
        DataTable table =
                new DataTable(
                        texts.text("cost.run"),
                        texts.text("cost.way"),
                        texts.text("cost.hour"),
                        texts.text("cost.million"),
                        texts.text("cost.token"));
        addRun(table, "cost.own", plan.money().own());
        addRun(table, "cost.rented", plan.money().rented());
        return table;
    }

    private void addRun(DataTable table, String key, RunCost run) {
        table.row(
                texts.text(key),
                usd(run.usdPerGpuHour()),
                texts.number(run.usd() / 1e6, 1),
                usd(run.usdPerMillionTokens(plan.input().training().tokens())));
    }

    private String usd(double amount) {
        return "US$\u00a0" + texts.number(amount, 2);
    }
}
