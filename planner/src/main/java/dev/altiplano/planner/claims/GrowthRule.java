package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Growth from two values and a percentage: {@code 40 bn vs 28.1 bn is +42 %}, {@code de 28.100 a
 * 40.000 millones, +42 %}.
 */
final class GrowthRule implements Rule {
    @Override
    public Optional<Question> ask(Statement statement) {
        List<Measure> percents = new ArrayList<>();
        List<Measure> values = new ArrayList<>();
        for (Measure measure : statement.measures()) {
            (measure.isPercent() ? percents : values).add(measure);
        }
        boolean compares =
                statement.joins(Meaning.VERSUS)
                        || statement.joins(Meaning.FROM)
                        || statement.joins(Meaning.TO)
                        || statement.joins(Meaning.GREW)
                        || statement.joins(Meaning.FELL)
                        || isSpanishRange(statement);
        if (!compares || percents.size() != 1 || values.size() != 2) {
            return Optional.empty();
        }
        refuseOtherWords(statement);
        boolean oldFirst = isOldFirst(statement);
        Measure before = values.get(oldFirst ? 0 : 1);
        Measure after = values.get(oldFirst ? 1 : 0);
        return Optional.of(question(statement, percents.getFirst(), sharing(before, after), after));
    }

    /** {@code de A a B}: OF value A value. */
    private static boolean isSpanishRange(Statement statement) {
        List<Item> items = statement.items();
        for (int i = 0; i + 3 < items.size(); i++) {
            if (items.get(i).means(Meaning.OF)
                    && items.get(i + 1) instanceof Item.Value
                    && items.get(i + 2).means(Meaning.A)
                    && items.get(i + 3) instanceof Item.Value) {
                return true;
            }
        }
        return false;
    }

    private static void refuseOtherWords(Statement statement) {
        for (Item item : statement.items()) {
            if (item.means(Meaning.TIMES) || item.means(Meaning.DIVIDED)) {
                throw new NotUnderstood(Said.of("a growth with × or /"));
            }
        }
    }

    /** "from A to B" and "de A a B" give the old value first; "A vs B" and "B, up from A" last. */
    private static boolean isOldFirst(Statement statement) {
        List<Item> items = statement.items();
        int values = 0;
        for (Item item : items) {
            if (item instanceof Item.Value value && !value.measure().isPercent()) {
                values++;
            }
            boolean from = item.means(Meaning.FROM) || item.means(Meaning.OF);
            if ((from && values == 0) || (item.means(Meaning.TO) && values == 1)) {
                return true;
            }
            if ((from && values == 1) || item.means(Meaning.VERSUS)) {
                return false;
            }
            if (item.means(Meaning.A) && values == 1) {
                return true;
            }
        }
        return false;
    }

    /** {@code from 28.1 to 40 bn}: the first is in billions, too, if it has nothing of its own. */
    private static Measure sharing(Measure before, Measure after) {
        if (before.dimension().equals(after.dimension())) {
            double ratio = after.base() / before.base();
            boolean bare = before.unit().symbol().isEmpty() && before.number().value() < 1e6;
            if (!bare || ratio < 900) {
                return before;
            }
        }
        double scale = scale(before, after);
        return Measure.of(before.number().times(scale), after.unit());
    }

    private static double scale(Measure before, Measure after) {
        double scale = 1;
        while (before.number().value() > 0
                && after.number().value() / (before.number().value() * scale) > 900) {
            scale *= 1_000;
        }
        return scale;
    }

    private static Question question(
            Statement statement, Measure percent, Measure before, Measure after) {
        if (!before.dimension().equals(after.dimension())) {
            throw new NotUnderstood(Said.of("a growth from {} to {}", before, after));
        }
        if (before.base() <= 0 || after.base() <= 0) {
            throw new NotUnderstood(Said.of("a growth from or to nothing"));
        }
        boolean fell = statement.joins(Meaning.FELL) || statement.joins(Meaning.MINUS);
        Measure target =
                fell && percent.base() > 0
                        ? Measure.of(percent.number().times(-1), percent.unit())
                        : percent;
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(growth(Said.of("growth from {} to {}", before, after), before, after, true));
        candidates.add(
                growth(
                        Said.of("the other way round, from {} to {}", after, before),
                        after,
                        before,
                        false));
        return Question.of(target, candidates);
    }

    private static Candidate growth(Said name, Measure from, Measure to, boolean expected) {
        double value = to.base() / from.base() - 1;
        double band =
                (to.baseInputHalf() / to.base() + from.baseInputHalf() / from.base()) * (1 + value);
        Said line =
                Said.of(
                        "{} / {} - 1 = {} %",
                        to, from, Numbers.text(Math.round(value * 1e4) / 100.0));
        return new Candidate(
                name, value, Math.min(band, 0.002), expected, true, List.of(line), List.of());
    }
}
