package dev.altiplano.planner;

import dev.altiplano.planner.input.MoneyInput;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.Propagation;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the run costs. One formula makes the likely values and every draw. */
final class MoneyPlanner {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double SECONDS_PER_MONTH = Unit.of("month").factor();
    private static final double SECONDS_PER_YEAR = Unit.of("y").factor();
    private static final double JOULES_PER_KWH = 3.6e6;

    private static final String SERVER = "servers";
    private static final String NETWORK = "network and storage";
    private static final String BUILDING = "building";
    private static final String LIFE = "useful life";
    private static final String RESIDUAL = "residual value";
    private static final String TARIFF = "price of electricity";
    private static final String DEMAND = "demand charge";
    private static final String STAFF = "staff";
    private static final String ENERGY = "energy of the run";
    private static final String PEAK = "power while training";
    private static final String DAYS = PowerPlanner.DAYS;

    private final double working;
    private final double installed;
    private final double utilisation;
    private final Map<String, Quantity> inputs = new LinkedHashMap<>();

    private MoneyPlanner(PlanInput input, FailurePlan failures, ClusterPower power) {
        MoneyInput money = input.money();
        working = power.machines().working();
        installed = working + power.machines().idle();
        utilisation = money.utilisation().likely();
        inputs.put(SERVER, money.server());
        inputs.put(NETWORK, money.network());
        inputs.put(BUILDING, money.building());
        inputs.put(LIFE, money.life());
        inputs.put(RESIDUAL, money.residual());
        inputs.put(TARIFF, RunGrid.of(input, failures).tariff());
        inputs.put(DEMAND, money.demandCharge());
        inputs.put(STAFF, money.staff());
        inputs.put(ENERGY, power.energy().value());
        inputs.put(PEAK, power.training().value());
        inputs.put(DAYS, failures.trainingDays().value());
    }

    static MoneyPlan plan(
            PlanInput input, ComputePlan compute, FailurePlan failures, ClusterPower power) {
        return new MoneyPlanner(input, failures, power).plan(input, failures);
    }

    private MoneyPlan plan(PlanInput input, FailurePlan failures) {
        Formula.Draw likely = this::likely;
        HourlyCost hour = hour(likely);
        double goodput = failures.goodput().share();
        double workHours = working * likely(DAYS) / SECONDS_PER_HOUR * goodput;
        Estimate gpuHour =
                Propagation.of(inputs, Unit.of("USD"), draw -> hour(draw).usdPerGpuHour());
        Estimate run =
                Propagation.of(
                        inputs,
                        Unit.of("MUSD"),
                        draw ->
                                hour(draw).usdPerGpuHour()
                                        * working
                                        * aboveZero(draw, DAYS)
                                        / SECONDS_PER_HOUR);
        double rent = input.money().rental().in(Unit.of("USD/gpu/h")).likely();
        return new MoneyPlan(
                capital(likely, SERVER),
                bill(likely),
                hour,
                new RunCost(workHours, hour.usdPerGpuHour(), goodput),
                new RunCost(workHours, rent, goodput),
                input.training().tokens(),
                gpuHour,
                run);
    }

    private double likely(String name) {
        Quantity quantity = inputs.get(name);
        if (quantity == null) {
            throw new IllegalArgumentException("no input " + name);
        }
        return quantity.base();
    }

    private HourlyCost hour(Formula.Draw draw) {
        double installedHours = installed * aboveZero(draw, DAYS) / SECONDS_PER_HOUR;
        return new HourlyCost(
                capital(draw, SERVER).usdPerInstalledGpuHour(),
                bill(draw).usdPerGpuHour(installedHours),
                capital(draw, NETWORK).usdPerInstalledGpuHour(),
                capital(draw, BUILDING).usdPerInstalledGpuHour(),
                Math.max(0, draw.get(STAFF)) * SECONDS_PER_HOUR / installed,
                1 - working / installed,
                utilisation);
    }

    private CapitalCost capital(Formula.Draw draw, String what) {
        return new CapitalCost(
                Math.max(0, draw.get(what)) * installed,
                Math.clamp(draw.get(RESIDUAL), 0, 1),
                installed,
                aboveZero(draw, LIFE) / SECONDS_PER_YEAR,
                utilisation);
    }

    private ElectricityBill bill(Formula.Draw draw) {
        return new ElectricityBill(
                Math.max(0, draw.get(ENERGY)) / JOULES_PER_KWH,
                Math.max(0, draw.get(TARIFF)) * JOULES_PER_KWH,
                Math.max(0, draw.get(PEAK)) / 1_000,
                Math.max(0, draw.get(DEMAND)) * 1_000 * SECONDS_PER_MONTH,
                aboveZero(draw, DAYS) / SECONDS_PER_MONTH);
    }

    /** The tail of a wide band may reach below zero; what divides must not. */
    private double aboveZero(Formula.Draw draw, String name) {
        return Math.max(draw.get(name), 1e-3 * likely(name));
    }
}
