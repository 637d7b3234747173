package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Electricity at the meter: {@code kWh x tariff + peak kW x demand charge x months}.
 *
 * @param energyKwh used
 * @param tariffUsdPerKwh price of energy
 * @param peakKw highest 15-minute demand of each month
 * @param demandUsdPerKwMonth price of that peak for one month
 * @param months that are billed
 */
public record ElectricityBill(
        double energyKwh,
        double tariffUsdPerKwh,
        double peakKw,
        double demandUsdPerKwMonth,
        double months) {
    public ElectricityBill {
        notNegative("energyKwh", energyKwh);
        notNegative("tariffUsdPerKwh", tariffUsdPerKwh);
        notNegative("peakKw", peakKw);
        notNegative("demandUsdPerKwMonth", demandUsdPerKwMonth);
        notNegative("months", months);
    }

    /** Where no demand charge is known. */
    public static ElectricityBill ofEnergy(double energyKwh, double tariffUsdPerKwh) {
        return new ElectricityBill(energyKwh, tariffUsdPerKwh, 0, 0, 0);
    }

    public double energyUsd() {
        return energyKwh * tariffUsdPerKwh;
    }

    public double demandUsd() {
        return peakKw * demandUsdPerKwMonth * months;
    }

    public double usd() {
        return energyUsd() + demandUsd();
    }

    /** Part of the bill that is paid by the kilowatt-hour; all of it where there is no bill. */
    public double energyShare() {
        return usd() > 0 ? energyUsd() / usd() : 1;
    }

    public Money total() {
        return Money.ofUsd(usd());
    }

    /** Spread over the accelerator-hours that the energy went to. */
    public double usdPerGpuHour(double gpuHours) {
        positive("gpuHours", gpuHours);
        return usd() / gpuHours;
    }

    public List<Term> terms() {
        String source = "kWh x tariff + peak kW x demand charge x months";
        return List.of(
                Term.of(
                        "energy charge",
                        energyUsd(),
                        "USD",
                        source,
                        "{} x {}",
                        energyKwh,
                        tariffUsdPerKwh),
                Term.of(
                        "demand charge",
                        demandUsd(),
                        "USD",
                        source,
                        "{} x {} x {}",
                        peakKw,
                        demandUsdPerKwMonth,
                        months),
                Term.of("electricity", usd(), "USD", source, "{} + {}", energyUsd(), demandUsd()));
    }
}
