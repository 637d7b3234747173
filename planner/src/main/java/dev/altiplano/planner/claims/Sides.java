package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claim of the form "this = that": the figure that is claimed, and the expression beside it.
 *
 * @param target the side that is one number; the right one if both are, but never the chips
 */
record Sides(Expression expression, Measure target) {

    /** Empty unless there is one relation with something on both sides. */
    static Optional<Sides> of(Statement statement) {
        List<Item> items = statement.items();
        List<Integer> relations = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).means(Meaning.EQUALS)) {
                relations.add(i);
            }
        }
        if (relations.size() > 1) {
            throw new NotUnderstood(Said.of("more than one =; give one claim at a time"));
        }
        if (relations.isEmpty()) {
            return Optional.empty();
        }
        int at = relations.getFirst();
        List<Item> left = HoursOfDays.joined(items.subList(0, at));
        List<Item> right = HoursOfDays.joined(items.subList(at + 1, items.size()));
        return Optional.of(HoursOfDays.named(sides(new Expression(left), new Expression(right))));
    }

    private static Sides sides(Expression left, Expression right) {
        boolean rightIsOne = isFigure(right);
        if (isFigure(left) && (!rightIsOne || isChips(right))) {
            return new Sides(right, left.measures().getFirst());
        }
        if (rightIsOne) {
            return new Sides(left, right.measures().getFirst());
        }
        Computed value = right.ways().getFirst();
        Unit base = new Unit(value.dimension().toString(), value.dimension(), 1);
        PrintedNumber number = new PrintedNumber(value.value(), value.half(), value.half());
        return new Sides(left, Measure.of(number, base));
    }

    private static boolean isFigure(Expression expression) {
        return expression.measures().size() == 1 && !isChips(expression);
    }

    private static boolean isChips(Expression expression) {
        return expression.measures().stream().anyMatch(measure -> measure.chip().isPresent());
    }
}
