package dev.altiplano.planner.validation;

import dev.altiplano.planner.quantity.AcceleratorPower;
import dev.altiplano.planner.quantity.ItPower;
import dev.altiplano.planner.quantity.Unit;
import java.util.Arrays;
import java.util.Map;

/** Power, carbon and money. */
final class SiteFormulas {
    private static final double HOURS_PER_YEAR = Unit.of("y").factor() / Unit.of("h").factor();

    static final Map<String, CaseFormula> ALL =
            Map.ofEntries(
                    Map.entry("card_tonnes", SiteFormulas::cardTonnes),
                    Map.entry("tonnes", in -> in.number("mwh") * in.number("kg_per_kwh")),
                    Map.entry("money", in -> in.number("hours") * in.number("price")),
                    Map.entry("divide", in -> in.number("a") / in.number("b")),
                    Map.entry("share", in -> in.number("part") / in.number("total")),
                    Map.entry("growth", in -> in.number("new") / in.number("old") - 1),
                    Map.entry("mean", in -> mean(in.numbers("values"))),
                    Map.entry("serving_nodes", SiteFormulas::servingNodes),
                    Map.entry(
                            "serving_cost",
                            in -> in.number("nodes") * in.number("gpus") * in.number("price") * 24),
                    Map.entry("serving_margin", SiteFormulas::servingMargin),
                    Map.entry(
                            "power_mw",
                            in -> in.number("flops") / in.number("flops_per_watt") / 1e6),
                    Map.entry("cluster_mw", SiteFormulas::clusterMw),
                    Map.entry("average_mw", in -> in.number("kwh") / HOURS_PER_YEAR / 1_000),
                    Map.entry("electricity_musd", in -> in.number("kwh") * in.number("usd") / 1e6),
                    Map.entry("site_gwh", SiteFormulas::siteGwh),
                    Map.entry("usd_per_gpuh_capex", SiteFormulas::capex),
                    Map.entry("arpp", SiteFormulas::arpp),
                    Map.entry(
                            "decode_rate", in -> in.number("gb_s") * 1_000 / in.number("file_mb")),
                    Map.entry("bandwidth", in -> in.number("file_mb") * in.number("rate") / 1_000),
                    Map.entry("linear_model_error", in -> linearError(in.points("points"))));

    private SiteFormulas() {}

    private static double cardTonnes(Inputs in) {
        double megawattHours = in.number("hours") * in.number("watt") / 1e6;
        return megawattHours * in.number("factor");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double servingNodes(Inputs in) {
        double day = Unit.of("d").factor();
        return in.number("in_tokens") / day / in.number("in_rate")
                + in.number("out_tokens") / day / in.number("out_rate");
    }

    private static double servingMargin(Inputs in) {
        double perMillion =
                in.number("hit") * in.number("hit_price")
                        + in.number("miss") * in.number("miss_price")
                        + in.number("out") * in.number("out_price");
        return perMillion / 1e6 / in.number("cost") - 1;
    }

    private static double clusterMw(Inputs in) {
        double gpus = in.number("gpus");
        return new AcceleratorPower(in.number("gpu_w"))
                .times(gpus)
                .withHosts(gpus * in.number("host_w"))
                .withNetworkAndStorage(in.number("overhead") - 1)
                .megawatts();
    }

    private static double siteGwh(Inputs in) {
        ItPower it = new ItPower(in.number("it_mw") * 1e6);
        return it.atPue(in.number("pue")).megawatts() * in.number("hours") / 1_000;
    }

    private static double capex(Inputs in) {
        return in.number("usd") / in.number("gpus") / (in.number("years") * HOURS_PER_YEAR);
    }

    private static double arpp(Inputs in) {
        double people = (in.number("dap_open_bn") + in.number("dap_close_bn")) / 2;
        return in.number("foa_musd") / (people * 1_000);
    }

    /** Mean of |third / second - 1| over points of load, measured and estimated watts. */
    private static double linearError(double[][] points) {
        return Arrays.stream(points)
                .mapToDouble(point -> Math.abs(point[2] / point[1] - 1))
                .average()
                .orElseThrow();
    }
}
