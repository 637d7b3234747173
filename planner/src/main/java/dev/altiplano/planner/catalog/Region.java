package dev.altiplano.planner.catalog;

import static dev.altiplano.planner.schema.Shape.number;

import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.schema.Key;
import dev.altiplano.planner.schema.Section;
import dev.altiplano.planner.schema.Shape;
import java.util.Optional;

/**
 * A place with its grid.
 *
 * @param price of electricity; empty where none is known
 * @param carbon location-based emissions per energy
 * @param average whether it is the mean of a country or the world, and no place to build in
 */
public record Region(
        String name, String title, Optional<Quantity> price, Quantity carbon, boolean average) {

    /** Name of a region that a plan describes itself. */
    public static final String OWN = "own";

    /** The keys of a region, here and in plan files. */
    public static final Shape.Block SHAPE =
            Shape.block(
                    Key.optional("price", number("c/kWh", 0, 1e4), "price of electricity"),
                    Key.required("carbon", number("kg/kWh", 0, 2), "emissions per energy"),
                    Key.withDefault(
                            "average",
                            new Shape.Flag(),
                            "false",
                            "the mean of a country, and no place to build in"));

    static Region of(String name, String title, Section section) {
        return new Region(
                name,
                title,
                section.optionalQuantity("price"),
                section.quantity("carbon"),
                section.flag("average"));
    }

    /** One that a plan file describes itself. */
    public static Region own(Section section) {
        return of(OWN, "region of the plan", section);
    }
}
