package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What adverts beside one answer bring, and what the answer costs.
 *
 * @param impressionsPerQuery places for an advert
 * @param fillShare of those places that are sold, 0 to 1
 * @param usdPerThousand price of a thousand impressions (CPM)
 * @param costUsdPerQuery tokens of the answer, at {@link TokenCost}
 */
public record AdvertRevenue(
        double impressionsPerQuery,
        double fillShare,
        double usdPerThousand,
        double costUsdPerQuery) {
    public AdvertRevenue {
        notNegative("impressionsPerQuery", impressionsPerQuery);
        share("fillShare", fillShare);
        notNegative("usdPerThousand", usdPerThousand);
        notNegative("costUsdPerQuery", costUsdPerQuery);
    }

    public double usdPerQuery() {
        return impressionsPerQuery * fillShare * usdPerThousand / 1_000;
    }

    public double marginUsdPerQuery() {
        return usdPerQuery() - costUsdPerQuery;
    }

    /** Queries that carry {@code fixedUsd}; empty if each query loses money. */
    public OptionalDouble breakEvenQueries(double fixedUsd) {
        notNegative("fixedUsd", fixedUsd);
        double margin = marginUsdPerQuery();
        return margin > 0 ? OptionalDouble.of(fixedUsd / margin) : OptionalDouble.empty();
    }

    public Money perQuery() {
        return Money.ofUsd(usdPerQuery());
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "adverts of one query",
                        usdPerQuery(),
                        "USD",
                        "impressions x fill x CPM / 1,000",
                        "{} x {} x {} / 1000",
                        impressionsPerQuery,
                        fillShare,
                        usdPerThousand),
                Term.of(
                        "margin of one query",
                        marginUsdPerQuery(),
                        "USD",
                        "revenue - tokens x cost",
                        "{} - {}",
                        usdPerQuery(),
                        costUsdPerQuery));
    }
}
