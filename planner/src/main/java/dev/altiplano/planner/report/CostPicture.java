package dev.altiplano.planner.report;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.input.MoneyInput;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import java.util.List;

/** What an hour of one accelerator costs, and what the run and its tokens come to. */
final class CostPicture {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 64;
    private static final double MONTHS_PER_YEAR = 12;

    private final Texts texts;
    private final Plan plan;
    private final MoneyInput money;
    private final HourlyCost hour;
    private final List<Part> parts;

    /** A part of an hour's cost. */
    private record Part(String key, double usd, String colour) {}

    private CostPicture(Texts texts, Plan plan, FacilityPower power) {
        this.texts = texts;
        this.plan = plan;
        this.money = plan.input().money();
        double gpus = (double) plan.input().cluster().gpus();
        double gpuHours = gpus * CapitalCost.HOURS_PER_YEAR;
        ElectricityBill bill = bill(power);
        double spares =
                (double) plan.failures().spareNodes() * plan.input().cluster().node().gpus() / gpus;
        hour =
                new HourlyCost(
                        capital(gpus).usdPerInstalledGpuHour(),
                        bill.usdPerGpuHour(gpuHours),
                        0,
                        0,
                        in(money.staff(), "USD/y") / gpuHours,
                        spares,
                        money.utilisation().likely());
        parts =
                List.of(
                        new Part("cost.capital", hour.capitalUsd(), "c0"),
                        new Part("cost.energy", bill.energyUsd() / gpuHours, "c1"),
                        new Part("cost.demand", bill.demandUsd() / gpuHours, "c6"),
                        new Part("cost.staff", hour.staffUsd(), "c2"),
                        new Part("cost.spares", hour.sparesUsd(), "c3"),
                        new Part("cost.idle", hour.idleUsd(), "c7"));
    }

    /** {@code power} is what the whole cluster takes at the meter. */
    static Section of(Texts texts, Plan plan, FacilityPower power) {
        return new CostPicture(texts, plan, power).section();
    }

    private CapitalCost capital(double gpus) {
        return new CapitalCost(
                in(money.server(), "USD/gpu") * gpus,
                money.residual().likely(),
                gpus,
                in(money.life(), "y"),
                1);
    }

    /** Of a year at a constant load. */
    private ElectricityBill bill(FacilityPower power) {
        double kilowatts = power.watts() / 1_000;
        return new ElectricityBill(
                kilowatts * CapitalCost.HOURS_PER_YEAR,
                in(money.tariff(), "USD/kWh"),
                kilowatts,
                in(money.demandCharge(), "USD/kW/month"),
                MONTHS_PER_YEAR);
    }

    private static double in(Quantity quantity, String unit) {
        return quantity.in(Unit.of(unit)).likely();
    }

    private Section section() {
        String title = texts.text("cost.title");
        String lead =
                texts.text(
                        "cost.lead",
                        usd(hour.usdPerGpuHour()),
                        texts.percent(hour.capitalUsd() / hour.installedUsd()),
                        texts.percent(hour.electricityShare()));
        List<Section.LegendEntry> legend =
                parts.stream()
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
        double scale = (WIDTH - 110) / hour.usdPerGpuHour();
        double x = 4;
        for (Part part : parts) {
            double width = part.usd() * scale;
            String value = texts.text(part.key()) + ": " + usd(part.usd());
            svg.rectangle(x, 12, width, 32, part.colour(), value);
            x += width;
        }
        return svg.text(x + 8, 33, Svg.Anchor.START, "strong", usd(hour.usdPerGpuHour())).end();
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
        double tokens = plan.input().training().tokens();
        double faultFreeHours = tokens / plan.compute().tokensPerSecond().likely() / 3_600;
        double gpuHours = faultFreeHours * (double) plan.compute().jobGpus();
        double goodput = plan.failures().goodput().share();
        DataTable table =
                new DataTable(
                        texts.text("cost.run"),
                        texts.text("cost.way"),
                        texts.text("cost.hour"),
                        texts.text("cost.million"),
                        texts.text("cost.token"));
        addRun(table, "cost.own", new RunCost(gpuHours, hour.usdPerGpuHour(), goodput), tokens);
        double rent = in(money.rental(), "USD/gpu/h");
        addRun(table, "cost.rented", new RunCost(gpuHours, rent, goodput), tokens);
        return table;
    }

    private void addRun(DataTable table, String key, RunCost run, double tokens) {
        table.row(
                texts.text(key),
                usd(run.usdPerGpuHour()),
                texts.number(run.usd() / 1e6, 1),
                usd(run.usdPerMillionTokens(tokens)));
    }

    private String usd(double amount) {
        return "US$\u00a0" + texts.number(amount, 2);
    }
}
