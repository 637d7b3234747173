package dev.altiplano.planner.validation;

import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.Figure;
import dev.altiplano.planner.money.Growth;
import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.money.Period.Quarter;
import dev.altiplano.planner.money.RevenuePerPerson;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.money.ServingFleet;
import dev.altiplano.planner.money.TokenSales;
import dev.altiplano.planner.quantity.AcceleratorPower;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.site.CardEnergy;
import dev.altiplano.planner.site.LocationCarbon;
import dev.altiplano.planner.site.PowerCurve;
import dev.altiplano.planner.site.UncalibratedPower;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Power, carbon and money: the cases put into the planner's own functions. */
final class SiteFormulas {
    private static final double SECONDS_PER_HOUR = 3_600;

    static final Map<String, CaseFormula> ALL =
            Map.ofEntries(
                    Map.entry("card_tonnes", SiteFormulas::cardTonnes),
                    Map.entry("tonnes", SiteFormulas::tonnes),
                    Map.entry("money", in -> rent(in).usd()),
                    Map.entry("divide", in -> in.number("a") / in.number("b")),
                    Map.entry("share", in -> in.number("part") / in.number("total")),
                    Map.entry("growth", in -> Growth.rate(in.number("new"), in.number("old"))),
                    Map.entry("mean", in -> mean(in.numbers("values"))),
                    Map.entry("serving_nodes", in -> serving(in).nodes()),
                    Map.entry("serving_cost", SiteFormulas::servingCost),
                    Map.entry("serving_margin", SiteFormulas::servingMargin),
                    Map.entry(
                            "power_mw",
                            in -> in.number("flops") / in.number("flops_per_watt") / 1e6),
                    Map.entry("cluster_mw", SiteFormulas::clusterMw),
                    Map.entry("average_mw", SiteFormulas::averageMw),
                    Map.entry("electricity_musd", in -> bill(in).usd() / 1e6),
                    Map.entry("site_gwh", SiteFormulas::siteGwh),
                    Map.entry("usd_per_gpuh_capex", in -> capital(in).usdPerGpuHour()),
                    Map.entry("arpp", SiteFormulas::arpp),
                    Map.entry(
                            "decode_rate", in -> in.number("gb_s") * 1_000 / in.number("file_mb")),
                    Map.entry("bandwidth", in -> in.number("file_mb") * in.number("rate") / 1_000),
                    Map.entry("linear_model_error", in -> linearError(in.points("points"))));

    private SiteFormulas() {}

    private static double cardTonnes(Inputs in) {
        return new CardEnergy(in.number("hours"), in.number("watt"))
                .carbon(in.number("factor"))
                .tonnes();
    }

    private static double tonnes(Inputs in) {
        return LocationCarbon.of(1_000 * in.number("mwh"), in.number("kg_per_kwh")).tonnes();
    }

    private static RunCost rent(Inputs in) {
        return new RunCost(in.number("hours"), in.number("price"), 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static ServingFleet serving(Inputs in) {
        return new ServingFleet(
                in.number("in_tokens"),
                in.number("out_tokens"),
                in.number("in_rate"),
                in.number("out_rate"));
    }

    private static double servingCost(Inputs in) {
        return ServingFleet.usdPerDay(in.number("nodes"), in.whole("gpus"), in.number("price"));
    }

    private static double servingMargin(Inputs in) {
        return new TokenSales(List.of(line(in, "hit"), line(in, "miss"), line(in, "out")))
                .marginOver(in.number("cost"));
    }

    private static TokenSales.Line line(Inputs in, String kind) {
        return new TokenSales.Line(kind, in.number(kind), in.number(kind + "_price"));
    }

    private static double clusterMw(Inputs in) {
        double gpus = in.number("gpus");
        return new AcceleratorPower(in.number("gpu_w"))
                .times(gpus)
                .withHosts(gpus * in.number("host_w"))
                .withNetworkAndStorage(in.number("overhead") - 1)
                .megawatts();
    }

    private static double averageMw(Inputs in) {
        double year = CapitalCost.HOURS_PER_YEAR * SECONDS_PER_HOUR;
        return in.number("kwh") * 3.6e6 / year / 1e6;
    }

    private static ElectricityBill bill(Inputs in) {
        return ElectricityBill.ofEnergy(in.number("kwh"), in.number("usd"));
    }

    private static double siteGwh(Inputs in) {
        FacilityPower meter = new ItPower(in.number("it_mw") * 1e6).atPue(in.number("pue"));
        double seconds = in.number("hours") * SECONDS_PER_HOUR;
        double[] starts = {0};
        double[] watts = {meter.watts()};
        return new PowerCurve(starts, watts, seconds).kilowattHours() / 1e6;
    }

    private static CapitalCost capital(Inputs in) {
        return new CapitalCost(in.number("usd"), 0, in.number("gpus"), in.number("years"), 1);
    }

    private static double arpp(Inputs in) {
        Figure<Quarter> revenue =
                new Figure<>(
                        "revenue",
                        new Quarter(2024, 3),
                        Money.ofUsd(in.number("foa_musd") * 1e6),
                        Grade.STATED,
                        "case",
                        "");
        return new RevenuePerPerson<>(
                        revenue, in.number("dap_open_bn") * 1e9, in.number("dap_close_bn") * 1e9)
                .money()
                .toDouble();
    }

    /** Over points of load, measured and estimated watts. */
    private static double linearError(double[][] points) {
        return UncalibratedPower.meanError(
                Arrays.stream(points).mapToDouble(point -> point[2]).toArray(),
                Arrays.stream(points).mapToDouble(point -> point[1]).toArray());
    }
}
