package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;

import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.schema.Nearest;
import java.util.Map;

/**
 * A place with its grid.
 *
 * @param name short, such as {@code TX}
 * @param pricePerKwh of electricity
 * @param kgPerKwh location-based emissions
 */
public record GridRegion(String name, String title, Money pricePerKwh, double kgPerKwh) {
    public GridRegion {
        notNegative("kgPerKwh", kgPerKwh);
    }

    /** The entry called {@code name}; throws E301 with the nearest name if there is none. */
    public static <T> T find(String name, Map<String, T> regions) {
        T region = regions.get(name);
        if (region == null) {
            throw new PlannerException(
                    ErrorCode.E301,
                    "region " + name + " unknown" + Nearest.hint(name, regions.keySet()));
        }
        return region;
    }
}
