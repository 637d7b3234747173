package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Dimension;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sentence whose every word was understood.
 *
 * @param items numbers and the words that join them, in order
 * @param flags words that stand anywhere: rated, about, failures
 * @param bound what the claim is if it is no equality
 * @param notes how ambiguous numbers were read
 */
record Statement(List<Item> items, Set<Meaning> flags, Optional<Bound> bound, List<Said> notes) {
    Statement {
        items = List.copyOf(items);
        flags = flags.isEmpty() ? EnumSet.noneOf(Meaning.class) : EnumSet.copyOf(flags);
        notes = List.copyOf(notes);
    }

    boolean has(Meaning flag) {
        return flags.contains(flag);
    }

    /** All numbers, in order. */
    List<Measure> measures() {
        return items.stream()
                .filter(Item.Value.class::isInstance)
                .map(item -> ((Item.Value) item).measure())
                .toList();
    }

    List<Measure> measures(Dimension dimension) {
        return measures().stream().filter(m -> m.dimension().equals(dimension)).toList();
    }

    Optional<Measure> labelled(Meaning label) {
        return measures().stream().filter(m -> m.is(label)).findFirst();
    }

    Optional<Chip> chip() {
        return measures().stream().flatMap(m -> m.chip().stream()).findFirst();
    }

    boolean joins(Meaning meaning) {
        return items.stream().anyMatch(item -> item.means(meaning));
    }
}
