package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Energy in the style of model cards: accelerator hours x TDP. It is named so wherever it is shown,
 * since it is not a measurement.
 *
 * @param gpuHours of the whole training
 * @param tdpWatts rated power of one accelerator
 */
public record CardEnergy(double gpuHours, double tdpWatts) {
    public CardEnergy {
        notNegative("gpuHours", gpuHours);
        notNegative("tdpWatts", tdpWatts);
    }

    public double megawattHours() {
        return gpuHours * tdpWatts / 1e6;
    }

    /** At a factor in kilograms per kWh of rated energy; model cards keep one per generation. */
    public CardCarbon carbon(double kgPerTdpKwh) {
        notNegative("kgPerTdpKwh", kgPerTdpKwh);
        return new CardCarbon(megawattHours() * 1_000 * kgPerTdpKwh);
    }

    public List<Term> terms(double kgPerTdpKwh) {
        return List.of(
                Term.of(
                        "CO2 in the style of model cards",
                        carbon(kgPerTdpKwh).tonnes(),
                        "t",
                        "hours x TDP x factor; not a measurement",
                        "{} x {} / 1e+06 x {}",
                        gpuHours,
                        tdpWatts,
                        kgPerTdpKwh));
    }
}
