package dev.altiplano.planner;

import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.simulation.RunResult;
import dev.altiplano.planner.site.LocationCarbon;

/**
 * What one simulated run costs and emits: its own hours, energy and demand at the plan's prices.
 */
public final class SimulatedBill {
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final double DAYS_PER_MONTH = Unit.of("month").factor() / 86_400;

    private final Plan plan;
    private final double installed;

    public SimulatedBill(Plan plan) {
        this.plan = plan;
        installed = plan.power().machines().working() + plan.power().machines().idle();
    }

    /** Electricity alone. */
    public double electricityUsd(RunResult run) {
        var money = plan.input().money();
        return new ElectricityBill(
                        kwh(run),
                        tariff(run),
                        run.power().demandWatts() / 1_000,
                        money.demandCharge().in(Unit.of("USD/kW/month")).likely(),
                        run.days() / DAYS_PER_MONTH)
                .usd();
    }

    /** The plan's, or the mean of the hours in which the run drew its energy. */
    private double tariff(RunResult run) {
        var money = plan.input().money();
        return plan.input().site().series().isPresent() && money.tariffFollowsGrid()
                ? Math.max(0, run.power().gridUsd() / kwh(run))
                : money.tariff().in(Unit.of("USD/kWh")).likely();
    }

    private static double kwh(RunResult run) {
        return run.power().joules() / JOULES_PER_KWH;
    }

    /** Everything: servers, building, staff, spares and idle time too. */
    public double usd(RunResult run) {
        HourlyCost hour = plan.money().hour();
        double installedHours = installed * run.days() * 24;
        double others = (hour.installedUsd() - hour.electricityUsd()) * installedHours;
        return (others + electricityUsd(run)) / hour.utilisation();
    }

    /** Of the energy, hour by hour where the plan has a series, else at the mean of the grid. */
    public LocationCarbon carbon(RunResult run) {
        if (plan.input().site().series().isPresent()) {
            return new LocationCarbon(run.power().gridKilograms());
        }
        double kgPerKwh = plan.input().site().region().carbon().in(Unit.of("kg/kWh")).likely();
        return LocationCarbon.of(kwh(run), kgPerKwh);
    }
}
