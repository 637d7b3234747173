package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Capital cost of one accelerator-hour: {@code capex (1 - residual) / (GPUs x life x 8,760 x
 * utilisation)}.
 *
 * @param capexUsd of all servers, with their network and storage
 * @param residualShare of the value that is left at the end, 0 to 1
 * @param gpus accelerators that the capital buys
 * @param lifeYears useful life
 * @param utilisation share of the hours of that life in use, above 0 and up to 1
 */
public record CapitalCost(
        double capexUsd, double residualShare, double gpus, double lifeYears, double utilisation) {
    /** Hours of a year everywhere in the planner. */
    public static final double HOURS_PER_YEAR = 8_760;

    public CapitalCost {
        notNegative("capexUsd", capexUsd);
        share("residualShare", residualShare);
        positive("gpus", gpus);
        positive("lifeYears", lifeYears);
        positive("utilisation", utilisation);
        share("utilisation", utilisation);
    }

    /** Per hour in which the accelerator is used. */
    public double usdPerGpuHour() {
        return usdPerInstalledGpuHour() / utilisation;
    }

    /** Per hour of the calendar. */
    public double usdPerInstalledGpuHour() {
        return capexUsd * (1 - residualShare) / (gpus * lifeYears * HOURS_PER_YEAR);
    }

    public Money perGpuHour() {
        return Money.ofUsd(usdPerGpuHour());
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "capital per GPU-hour",
                        usdPerGpuHour(),
                        "USD",
                        "capex (1 - residual) / (GPUs x life x 8,760 x utilisation)",
                        "{} x (1 - {}) / ({} x {} x {} x {})",
                        capexUsd,
                        residualShare,
                        gpus,
                        lifeYears,
                        HOURS_PER_YEAR,
                        utilisation));
    }
}
