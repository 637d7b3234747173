package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * What part of a company's yearly revenue pays for a cluster.
 *
 * @param capexUsd of the servers
 * @param lifeYears over which they are written off
 * @param runningUsdPerYear electricity, and whatever else is counted
 * @param revenueUsdPerYear of the company
 */
public record ClusterShare(
        double capexUsd, double lifeYears, double runningUsdPerYear, double revenueUsdPerYear) {
    public ClusterShare {
        notNegative("capexUsd", capexUsd);
        positive("lifeYears", lifeYears);
        notNegative("runningUsdPerYear", runningUsdPerYear);
        positive("revenueUsdPerYear", revenueUsdPerYear);
    }

    public double usdPerYear() {
        return capexUsd / lifeYears + runningUsdPerYear;
    }

    /** 0.007 for 0.7 %. */
    public double share() {
        return usdPerYear() / revenueUsdPerYear;
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "share of revenue",
                        share(),
                        "",
                        "yearly cost / revenue",
                        "({} / {} + {}) / {}",
                        capexUsd,
                        lifeYears,
                        runningUsdPerYear,
                        revenueUsdPerYear));
    }
}
