package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import dev.altiplano.planner.quantity.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code 54 days × 24}, {@code 90 days × 24 h}: the 24 are hours in a day, and no factor of their
 * own.
 */
final class HoursOfDays {
    private static final double HOURS = 24;
    private static final Unit PER_DAY = new Unit("h/day", Dimension.NONE, 1 / HOURS);

    private HoursOfDays() {}

    /** The product with its 24 turned into hours a day. */
    static List<Item> joined(List<Item> items) {
        List<Item> joined = new ArrayList<>(items);
        boolean days = items.stream().anyMatch(HoursOfDays::isDays);
        for (int i = 0; days && i < items.size(); i++) {
            boolean factor =
                    (i > 0 && items.get(i - 1).means(Meaning.TIMES))
                            || (i + 1 < items.size() && items.get(i + 1).means(Meaning.TIMES));
            if (factor && isHours(items.get(i))) {
                Measure hours = ((Item.Value) items.get(i)).measure();
                joined.set(i, new Item.Value(hours.in(PER_DAY, hours.chip())));
                return joined;
            }
        }
        return joined;
    }

    /** A bare result is in hours then, as the reader of {@code 54 days × 24 = 1296} means it. */
    static Sides named(Sides sides) {
        boolean turned =
                sides.expression().measures().stream()
                        .anyMatch(measure -> measure.unit().equals(PER_DAY));
        Measure target = sides.target();
        if (!turned || !target.unit().symbol().isEmpty()) {
            return sides;
        }
        Dimension whole = sides.expression().ways().getFirst().dimension();
        Dimension others = whole.over(Dimensions.TIME);
        Unit hours = new Unit("h", whole, Unit.of("h").factor());
        boolean counts = others.equals(Dimension.NONE) || others.equals(Dimensions.GPU);
        return counts ? new Sides(sides.expression(), target.in(hours, target.chip())) : sides;
    }

    private static boolean isDays(Item item) {
        return item instanceof Item.Value value
                && value.measure().unit().measuresSameAs(Unit.of("d"))
                && value.measure().unit().factor() == Unit.of("d").factor();
    }

    private static boolean isHours(Item item) {
        if (!(item instanceof Item.Value value) || value.measure().number().value() != HOURS) {
            return false;
        }
        Unit unit = value.measure().unit();
        return unit.symbol().isEmpty() || isHour(unit);
    }

    private static boolean isHour(Unit unit) {
        return unit.measuresSameAs(Unit.of("h")) && unit.factor() == Unit.of("h").factor();
    }
}
