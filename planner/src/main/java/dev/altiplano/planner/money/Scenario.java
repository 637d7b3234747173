package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.range;
import static dev.altiplano.planner.quantity.Checks.share;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.money.Period.FullYear;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A company that lives on adverts and gives an assistant away, year by year.
 *
 * @param base the last full year: its revenue and costs are what grows
 * @param advertGrowth of the revenue that is not the assistant's, each year, above -1
 * @param costGrowth of the costs without the lines below, each year, above -1
 * @param capexPerYear hardware bought at the beginning of each year, the cluster's left out
 * @param usefulLifeYears over which it is written off in equal parts, a whole number
 * @param clusterPerYear total cost of the cluster that serves and trains the assistant
 * @param subsidisedShare of that cost which the company bears itself, 0 to 1
 * @param queriesPerYear answers of the assistant
 * @param perQuery what adverts bring on one answer and what its tokens cost
 * @param taxShare of the operating income
 */
public record Scenario(
        FullYear base,
        Money baseRevenue,
        Money baseCosts,
        double advertGrowth,
        double costGrowth,
        Money capexPerYear,
        int usefulLifeYears,
        Money clusterPerYear,
        double subsidisedShare,
        double queriesPerYear,
        AdvertRevenue perQuery,
        double taxShare) {
    private static final int YEARS_MAX = 100;

    public Scenario {
        positive("1 + advertGrowth", 1 + advertGrowth);
        positive("1 + costGrowth", 1 + costGrowth);
        range("usefulLifeYears", usefulLifeYears, 1, YEARS_MAX);
        share("subsidisedShare", subsidisedShare);
        share("taxShare", taxShare);
    }

    /**
     * One year of the scenario.
     *
     * @param freeCashFlow approximate: operating income after tax and before depreciation, less
     *     capex
     */
    public record Year(
            FullYear period,
            Money revenue,
            Money costs,
            Money depreciation,
            Money operatingIncome,
            Money freeCashFlow) {

        public double operatingMargin() {
            return operatingIncome.over(revenue);
        }
    }

    /** The {@code count} years after the base, 1 to 100. */
    public List<Year> years(int count) {
        range("years", count, 1, YEARS_MAX);
        List<Year> years = new ArrayList<>();
        for (int year = 1; year <= count; year++) {
            years.add(year(year));
        }
        return years;
    }

    private Year year(int year) {
        Money assistant = Money.ofRounded(perQuery.usdPerQuery() * queriesPerYear, currency());
        Money revenue = baseRevenue.times(StrictMath.pow(1 + advertGrowth, year)).plus(assistant);
        Money depreciation = depreciation(year);
        Money costs =
                baseCosts
                        .times(StrictMath.pow(1 + costGrowth, year))
                        .plus(depreciation)
                        .plus(clusterPerYear.times(subsidisedShare))
                        .plus(tokens());
        Money operating = revenue.minus(costs);
        Money tax = operating.isNegative() ? Money.zero(currency()) : operating.times(taxShare);
        return new Year(
                new FullYear(base.year() + year),
                revenue,
                costs,
                depreciation,
                operating,
                operating.minus(tax).plus(depreciation).minus(capexPerYear));
    }

    /** Every purchase of the years so far that is not written off yet. */
    private Money depreciation(int year) {
        int purchases = Math.min(year, usefulLifeYears);
        return capexPerYear.times(purchases).dividedBy(usefulLifeYears);
    }

    private Money tokens() {
        return Money.ofRounded(perQuery.costUsdPerQuery() * queriesPerYear, currency());
    }

    private Currency currency() {
        return baseRevenue.currency();
    }

    /** Answers a year that carry the borne cost of the cluster; empty if each loses money. */
    public OptionalDouble breakEvenQueries() {
        return perQuery.breakEvenQueries(clusterPerYear.times(subsidisedShare).toDouble());
    }

    /** The first year's arithmetic. */
    public List<Term> terms() {
        Year first = year(1);
        String source = "scenario";
        return List.of(
                Term.of(
                        "revenue " + first.period(),
                        first.revenue().toDouble(),
                        "USD",
                        source,
                        "{} x {} + {} x {}",
                        baseRevenue.toDouble(),
                        1 + advertGrowth,
                        queriesPerYear,
                        perQuery.usdPerQuery()),
                Term.of(
                        "depreciation " + first.period(),
                        first.depreciation().toDouble(),
                        "USD",
                        source,
                        "{} / {}",
                        capexPerYear.toDouble(),
                        usefulLifeYears),
                Term.of(
                        "costs " + first.period(),
                        first.costs().toDouble(),
                        "USD",
                        source,
                        "{} x {} + {} + {} x {} + {} x {}",
                        baseCosts.toDouble(),
                        1 + costGrowth,
                        first.depreciation().toDouble(),
                        clusterPerYear.toDouble(),
                        subsidisedShare,
                        queriesPerYear,
                        perQuery.costUsdPerQuery()),
                Term.of(
                        "operating margin " + first.period(),
                        first.operatingMargin(),
                        "",
                        source,
                        "1 - {} / {}",
                        first.costs().toDouble(),
                        first.revenue().toDouble()));
    }
}
