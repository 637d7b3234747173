package dev.altiplano.planner;

import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.quantity.Estimate;

/**
 * What a run costs.
 *
 * @param capital servers alone
 * @param electricity of the whole run
 * @param hour one accelerator-hour of work with everything, at the likely values
 * @param own the run on hardware of one's own
 * @param rented the run at the plan's rent
 * @param gpuHourCost {@code hour} with its band and what moves it
 * @param runCost {@code own} with its band and what moves it
 */
public record MoneyPlan(
        CapitalCost capital,
        ElectricityBill electricity,
        HourlyCost hour,
        RunCost own,
        RunCost rented,
        Estimate gpuHourCost,
        Estimate runCost) {}
