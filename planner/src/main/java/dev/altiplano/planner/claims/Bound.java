package dev.altiplano.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claim that is no equality: more than, less than, between two figures.
 *
 * @param figure that bounds; of a range the upper one
 * @param low the lower one of a range
 */
record Bound(Question.Relation relation, Measure figure, Optional<Measure> low) {

    /** Whether this bounds {@code target}, whatever words qualified it since. */
    boolean isOn(Measure target) {
        return target.number().equals(figure.number()) && target.unit().equals(figure.unit());
    }

    /** What a sentence holds beside its bound. */
    record Extracted(List<Item> items, Optional<Bound> bound) {}

    /**
     * Takes the bound out of a sentence; throws {@link NotUnderstood} for one that binds nothing.
     */
    static Extracted from(List<Item> items) {
        Finder finder = new Finder(items);
        for (int i = 0; i < items.size(); i += finder.read(i)) {}
        return new Extracted(finder.kept, finder.found);
    }

    /** Walks along a sentence once. */
    private static final class Finder {
        private final List<Item> items;
        private final List<Item> kept = new ArrayList<>();
        private Optional<Bound> found = Optional.empty();

        Finder(List<Item> items) {
            this.items = items;
        }

        /** How many items were read from {@code at} on. */
        int read(int at) {
            Item item = items.get(at);
            boolean entre = item instanceof Item.Word word && word.text().equals("entre");
            if ((item.means(Meaning.BETWEEN) || entre) && isRange(at + 1, Meaning.AND)) {
                return 1 + range(at + 1);
            }
            if (item.means(Meaning.EQUALS)) {
                return equality(at);
            }
            boolean before = value(at + 1).isPresent();
            if (item.means(Meaning.MORE_THAN) || item.means(Meaning.LESS_THAN)) {
                return oneSided((Item.Word) item, at);
            }
            if (item.means(Meaning.MAXIMUM) && before && isAtMost((Item.Word) item)) {
                return oneSided((Item.Word) item, at);
            }
            if (!item.means(Meaning.BETWEEN)) {
                kept.add(item);
            }
            return 1;
        }

        /** {@code = 100 to 150 MW}, {@code = 100-150 MW}, {@code son de 100 a 150 MW}. */
        private int equality(int at) {
            kept.add(items.get(at));
            int first = at + 1;
            if (first < items.size() && items.get(first).means(Meaning.OF)) {
                return isRange(first + 1, Meaning.A) ? 2 + range(first + 1) : 1;
            }
            boolean range = isRange(first, Meaning.TO) || isRange(first, Meaning.MINUS);
            return range ? 1 + range(first) : 1;
        }

        private static boolean isAtMost(Item.Word word) {
            String text = Words.plain(word.text());
            return text.equals("at most") || text.equals("como maximo");
        }

        private int oneSided(Item.Word word, int at) {
            Measure figure =
                    value(at + 1)
                            .orElseThrow(
                                    () ->
                                            new NotUnderstood(
                                                    Said.of(
                                                            "{} (it needs a figure after it)",
                                                            Said.quoted(word.text()))));
            boolean more = word.is(Meaning.MORE_THAN);
            bind(
                    new Bound(
                            more ? Question.Relation.NOT_BELOW : Question.Relation.NOT_ABOVE,
                            figure,
                            Optional.empty()));
            kept.add(items.get(at + 1));
            return 2;
        }

        /** Two figures joined by {@code join}, of which the first may leave its unit out. */
        private boolean isRange(int first, Meaning join) {
            if (first + 2 >= items.size() || !items.get(first + 1).means(join)) {
                return false;
            }
            Optional<Measure> low = value(first);
            Optional<Measure> high = value(first + 2);
            if (low.isEmpty() || high.isEmpty()) {
                return false;
            }
            boolean bare = low.get().unit().symbol().isEmpty();
            boolean same = low.get().dimension().equals(high.get().dimension());
            return join == Meaning.MINUS ? bare && !same : bare || same;
        }

        private int range(int first) {
            Measure high = value(first + 2).orElseThrow();
            Measure written = value(first).orElseThrow();
            boolean bare = written.unit().symbol().isEmpty();
            Measure low = bare ? written.in(high.unit(), high.chip()) : written;
            if (low.base() > high.base()) {
                throw new NotUnderstood(Said.of("a range from {} down to {}", low, high));
            }
            bind(new Bound(Question.Relation.WITHIN, high, Optional.of(low)));
            kept.add(items.get(first + 2));
            return 3;
        }

        private void bind(Bound bound) {
            if (found.isPresent()) {
                throw new NotUnderstood(
                        Said.of("two bounds in one sentence; give one claim at a time"));
            }
            found = Optional.of(bound);
        }

        private Optional<Measure> value(int at) {
            return at < items.size() && items.get(at) instanceof Item.Value value
                    ? Optional.of(value.measure())
                    : Optional.empty();
        }
    }
}
