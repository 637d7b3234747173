package dev.altiplano.planner;

import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ElectricityBill;
import dev.altiplano.planner.money.HourPart;
import dev.altiplano.planner.money.HourlyCost;
import dev.altiplano.planner.money.RunCost;
import dev.altiplano.planner.quantity.Estimate;
import java.util.List;

/**
 * What a run costs.
 *
 * @param capital servers alone
 * @param electricity of the whole run
 * @param hour one accelerator-hour of work with everything, at the likely values
 * @param own the run on hardware of one's own
 * @param rented the run at the plan's rent
 * @param tokens that the run trains on
 * @param gpuHourCost {@code hour} with its band and what moves it
 * @param runCost {@code own} with its band and what moves it
 */
public record MoneyPlan(
        CapitalCost capital,
        ElectricityBill electricity,
        HourlyCost hour,
        RunCost own,
        RunCost rented,
        double tokens,
        Estimate gpuHourCost,
        Estimate runCost) {
    /** What an hour of work is made of. */
    public List<HourPart> hourParts() {
        return hour.parts(electricity);
    }

    /** Of a million tokens that the run trains on, one way or the other. */
    public double usdPerMillionTokens(RunCost way) {
        return way.usdPerMillionTokens(tokens);
    }
}
