package dev.altiplano.planner.money;

import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * Average revenue per person (ARPP): revenue of a period over the mean of the daily people at its
 * opening and closing.
 */
public record RevenuePerPerson<P extends Period<P>>(
        Figure<P> revenue, double openingPeople, double closingPeople) {
    public RevenuePerPerson {
        positive("openingPeople", openingPeople);
        positive("closingPeople", closingPeople);
    }

    public Money money() {
        return revenue.money().dividedBy((openingPeople + closingPeople) / 2);
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "revenue per person, " + revenue.period(),
                        money().toDouble(),
                        "USD",
                        "revenue / mean of opening and closing daily people",
                        "{} / (({} + {}) / 2)",
                        revenue.money().toDouble(),
                        openingPeople,
                        closingPeople));
    }
}
