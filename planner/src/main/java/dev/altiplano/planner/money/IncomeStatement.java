package dev.altiplano.planner.money;

import java.util.List;
import java.util.Optional;

/**
 * What a company reported for one period.
 *
 * @param costs costs and expenses
 * @param capex capital expenditure with finance leases
 * @param advertising the part of the revenue that adverts bring
 */
public record IncomeStatement<P extends Period<P>>(
        String company,
        P period,
        Figure<P> revenue,
        Optional<Figure<P>> costs,
        Optional<Figure<P>> capex,
        Optional<Figure<P>> advertising) {

    /** Such as {@code Meta Q3 2024}. */
    public String name() {
        return company + " " + period;
    }

    /** Revenue less costs. */
    public Optional<Money> operatingIncome() {
        return costs.map(cost -> revenue.money().minus(cost.money()));
    }

    /** Operating income over revenue. */
    public Optional<Double> operatingMargin() {
        return operatingIncome().map(income -> income.over(revenue.money()));
    }

    /** Share of adverts in the revenue. */
    public Optional<Double> advertisingShare() {
        return advertising.map(adverts -> adverts.money().over(revenue.money()));
    }

    /** Growth over {@code before} of each line that both have. */
    public List<Growth<P>> growthOver(IncomeStatement<P> before) {
        return List.of(
                        pair(Optional.of(revenue), Optional.of(before.revenue)),
                        pair(costs, before.costs),
                        pair(capex, before.capex),
                        pair(advertising, before.advertising))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static <Q extends Period<Q>> Optional<Growth<Q>> pair(
            Optional<Figure<Q>> latest, Optional<Figure<Q>> earlier) {
        return latest.flatMap(now -> earlier.map(then -> new Growth<>(now, then)));
    }
}
