package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Total cost of one accelerator-hour that is worked in. The parts are US dollars per installed
 * accelerator and calendar hour; spares and idle time make each hour of work dearer.
 *
 * @param capitalUsd servers
 * @param networkUsd network and storage, if the capital leaves them out
 * @param spareShare of the accelerators that are kept free, 0 up to 1
 * @param utilisation share of the hours in which the others work, above 0 and up to 1
 */
public record HourlyCost(
        double capitalUsd,
        double electricityUsd,
        double networkUsd,
        double buildingUsd,
        double staffUsd,
        double spareShare,
        double utilisation) {
    public HourlyCost {
        notNegative("capitalUsd", capitalUsd);
        notNegative("electricityUsd", electricityUsd);
        notNegative("networkUsd", networkUsd);
        notNegative("buildingUsd", buildingUsd);
        notNegative("staffUsd", staffUsd);
        share("spareShare", spareShare);
        positive("working share", 1 - spareShare);
        positive("utilisation", utilisation);
        share("utilisation", utilisation);
    }

    /** Servers and power alone, every hour worked. */
    public static HourlyCost ofServersAndPower(double capitalUsd, double electricityUsd) {
        return new HourlyCost(capitalUsd, electricityUsd, 0, 0, 0, 0, 1);
    }

    /** Per installed accelerator and calendar hour. */
    public double installedUsd() {
        return capitalUsd + electricityUsd + networkUsd + buildingUsd + staffUsd;
    }

    /** What the accelerators that are kept free add to an hour of the others. */
    public double sparesUsd() {
        return installedUsd() / (1 - spareShare) - installedUsd();
    }

    /** What the hours without work add to an hour with work. */
    public double idleUsd() {
        return usdPerGpuHour() - installedUsd() - sparesUsd();
    }

    /** Per accelerator-hour of work. */
    public double usdPerGpuHour() {
        return installedUsd() / ((1 - spareShare) * utilisation);
    }

    /** What an hour of work is made of, the largest group of costs first. */
    public List<HourPart> parts(ElectricityBill bill) {
        double energyUsd = electricityUsd * bill.energyShare();
        return List.of(
                part(HourPart.Kind.SERVERS, capitalUsd),
                part(HourPart.Kind.ENERGY, energyUsd),
                part(HourPart.Kind.DEMAND, electricityUsd - energyUsd),
                part(HourPart.Kind.NETWORK, networkUsd),
                part(HourPart.Kind.BUILDING, buildingUsd),
                part(HourPart.Kind.STAFF, staffUsd),
                part(HourPart.Kind.SPARES, sparesUsd()),
                part(HourPart.Kind.IDLE, idleUsd()));
    }

    private HourPart part(HourPart.Kind kind, double usd) {
        return new HourPart(kind, usd, usd / usdPerGpuHour());
    }

    public Money perGpuHour() {
        return Money.ofUsd(usdPerGpuHour());
    }

    /** Share of the electricity in the cost. */
    public double electricityShare() {
        return electricityUsd / installedUsd();
    }

    /** Share of the servers in the cost. */
    public double capitalShare() {
        return capitalUsd / installedUsd();
    }

    public List<Term> terms() {
        String source = "capital + electricity + network, building, staff, spares, idle time";
        return List.of(
                Term.of(
                        "installed GPU-hour",
                        installedUsd(),
                        "USD",
                        source,
                        "{} + {} + {} + {} + {}",
                        capitalUsd,
                        electricityUsd,
                        networkUsd,
                        buildingUsd,
                        staffUsd),
                Term.of(
                        "worked GPU-hour",
                        usdPerGpuHour(),
                        "USD",
                        source,
                        "{} / ((1 - {}) x {})",
                        installedUsd(),
                        spareShare,
                        utilisation));
    }
}
