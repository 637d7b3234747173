package dev.altiplano.planner;

import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.SiteInput.Series;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.site.GridSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carbon and price of a run's energy: those of its region, or the means of its hours where the plan
 * has an hourly series. A tariff that the plan names itself stays.
 *
 * @param hours of the run, which the series covers
 * @param carbon emissions per energy
 * @param tariff price of energy; not below zero on average
 */
public record RunGrid(Optional<Series> series, double hours, Quantity carbon, Quantity tariff) {
    private static final Unit KG_PER_KWH = Unit.of("kg/kWh");
    private static final Unit USD_PER_KWH = Unit.of("USD/kWh");

    /** Throws E005 if the series ends before the run. */
    public static RunGrid of(PlanInput input, FailurePlan failures) {
        double hours = failures.trainingDays().value().in(Unit.of("h")).likely();
        Optional<Series> series = input.site().series();
        Quantity carbon =
                series.map(s -> mean(s, s.grid().meanKgPerKwh(hours), KG_PER_KWH))
                        .orElse(input.site().region().carbon());
        Quantity tariff =
                series.filter(s -> input.money().tariffFollowsGrid())
                        .map(
                                s ->
                                        mean(
                                                s,
                                                Math.max(0, s.grid().meanPricePerKwh(hours)),
                                                USD_PER_KWH))
                        .orElse(input.money().tariff());
        return new RunGrid(series, hours, carbon, tariff);
    }

    private static Quantity mean(Series series, double value, Unit unit) {
        return Quantity.exactly(value, unit, Grade.STATED, series.file());
    }

    /** Of the means; none without a series. */
    public List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        series.map(Series::grid)
                .ifPresent(
                        grid -> {
                            terms.add(
                                    mean("carbon of the grid", grid.meanKgPerKwh(hours), "kg/kWh"));
                            terms.add(price(grid));
                        });
        return terms;
    }

    private Term price(GridSeries grid) {
        return mean("price of energy", grid.meanPricePerKwh(hours), "USD/kWh");
    }

    private Term mean(String what, double value, String unit) {
        return Term.of(
                what + " over the run",
                value,
                unit,
                "sum over the hours of the run / hours, hourly series",
                "{} / {}",
                value * hours,
                hours);
    }
}
