package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.money.Money;
import java.util.List;

/**
 * One load in one region.
 *
 * @param energyKwh at the meter, of the year or run that is compared
 * @param onFront no other region is as cheap and as clean, and better in one of the two
 */
public record RegionYear(GridRegion region, double energyKwh, boolean onFront) {
    public RegionYear {
        notNegative("energyKwh", energyKwh);
    }

    public Money cost() {
        return region.pricePerKwh().times(energyKwh);
    }

    public LocationCarbon carbon() {
        return LocationCarbon.of(energyKwh, region.kgPerKwh());
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "electricity in " + region.title(),
                        cost().toDouble(),
                        "USD",
                        "kWh x tariff",
                        "{} x {}",
                        energyKwh,
                        region.pricePerKwh().toDouble()),
                Term.of(
                        "CO2 in " + region.title(),
                        carbon().tonnes(),
                        "t",
                        "kWh x kg/kWh, location-based",
                        "{} x {} / 1000",
                        energyKwh,
                        region.kgPerKwh()));
    }
}
