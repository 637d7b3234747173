package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Boundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the words that qualify out of a sentence: to the number they belong to, or to its flags.
 */
final class Qualifiers {
    private final List<Item> items;
    private final Set<Meaning> flags;
    private final List<Item> kept = new ArrayList<>();
    private Optional<Boundary> waiting = Optional.empty();
    private Optional<Meaning> label = Optional.empty();

    Qualifiers(List<Item> items, Set<Meaning> flags) {
        this.items = items;
        this.flags = flags;
    }

    List<Item> attached() {
        for (int i = 0; i < items.size(); i++) {
            switch (items.get(i)) {
                case Item.Value value -> kept.add(new Item.Value(qualified(value.measure())));
                case Item.Word word -> word(word, i);
            }
        }
        return mergedEquals(kept);
    }

    private Measure qualified(Measure measure) {
        Measure result = measure;
        if (waiting.isPresent() && carriesPower(measure)) {
            result = result.at(waiting.get());
            waiting = Optional.empty();
        }
        if (label.isPresent()) {
            result = result.labelled(label.get());
            label = Optional.empty();
        }
        return result;
    }

    private void word(Item.Word word, int index) {
        switch (word.meaning()) {
            case ACCELERATOR -> boundary(Boundary.ACCELERATOR, index);
            case NODE -> boundary(Boundary.NODE, index);
            case IT -> boundary(Boundary.IT, index);
            case FACILITY -> boundary(Boundary.FACILITY, index);
            case PER_STEP, STEPS -> labelBefore(word);
            case PUE, MFU, NODE_DAYS -> label(word.meaning(), index);
            case RATED,
                    TDP_ONLY,
                    TRAINING,
                    MAXIMUM,
                    ABOUT,
                    FAILURE,
                    EFFECTIVE,
                    ACTIVE,
                    DENSE,
                    SPARSE,
                    HALF_PRECISION,
                    FP8,
                    DOUBLE_PRECISION ->
                    flags.add(word.meaning());
            default -> kept.add(word);
        }
    }

    /**
     * {@code tokens/s per node} counts; else to the power just before, unless one comes right
     * after: {@code IT 140 MW}.
     */
    private void boundary(Boundary boundary, int index) {
        if (!kept.isEmpty() && kept.getLast().means(Meaning.PER)) {
            kept.removeLast();
            return;
        }
        boolean after = index + 1 < items.size() && isPower(items.get(index + 1));
        if (!after) {
            dropPreposition();
        }
        boolean before = !kept.isEmpty() && isPower(kept.getLast());
        if (before) {
            kept.add(new Item.Value(((Item.Value) kept.removeLast()).measure().at(boundary)));
        } else if (after || !attachToLastPower(boundary)) {
            waiting = Optional.of(boundary);
        }
    }

    /** The "of" of {@code 150 MW of IT}. */
    private void dropPreposition() {
        boolean joins =
                !kept.isEmpty()
                        && (kept.getLast().means(Meaning.OF) || kept.getLast().means(Meaning.AT));
        if (joins) {
            kept.removeLast();
        }
    }

    private boolean attachToLastPower(Boundary boundary) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (isPower(kept.get(i))) {
                kept.set(i, new Item.Value(((Item.Value) kept.get(i)).measure().at(boundary)));
                return true;
            }
        }
        return false;
    }

    /** {@code PUE 1.08} or {@code 41 % MFU}. */
    private void label(Meaning meaning, int index) {
        flags.add(meaning);
        boolean after = index + 1 < items.size() && items.get(index + 1) instanceof Item.Value;
        if (!after && !kept.isEmpty() && kept.getLast() instanceof Item.Value value) {
            kept.set(kept.size() - 1, new Item.Value(value.measure().labelled(meaning)));
        } else {
            label = Optional.of(meaning);
        }
    }

    private void labelBefore(Item.Word word) {
        if (kept.isEmpty() || !(kept.getLast() instanceof Item.Value value)) {
            throw new NotUnderstood(
                    Said.of("{} (it needs a figure before it)", Said.quoted(word.text())));
        }
        kept.set(kept.size() - 1, new Item.Value(value.measure().labelled(word.meaning())));
    }

    private static boolean isPower(Item item) {
        return item instanceof Item.Value value && carriesPower(value.measure());
    }

    private static boolean carriesPower(Measure measure) {
        return measure.dimension().equals(Dimensions.POWER)
                || measure.dimension().equals(Dimensions.ENERGY);
    }

    /** {@code = is} is one relation; the "of" of "tonnes of CO2" and a last "each" join nothing. */
    private static List<Item> mergedEquals(List<Item> items) {
        List<Item> merged = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean last = isLast(items, i);
            boolean loose =
                    last
                            && (item.means(Meaning.OF)
                                    || item.means(Meaning.AT)
                                    || item.means(Meaning.PER)
                                    || item.means(Meaning.TIMES)
                                    || isMoreAfterTimes(items, i));
            boolean again =
                    item.means(Meaning.EQUALS)
                            && !merged.isEmpty()
                            && merged.getLast().means(Meaning.EQUALS);
            if (!again && !loose) {
                merged.add(item);
            }
        }
        return merged;
    }

    /** At the end of a side, but for the "más" of {@code 5 veces más}. */
    private static boolean isLast(List<Item> items, int at) {
        int next = at + 1;
        if (next < items.size() && isMoreAfterTimes(items, next)) {
            next++;
        }
        return next >= items.size() || items.get(next).means(Meaning.EQUALS);
    }

    private static boolean isMoreAfterTimes(List<Item> items, int at) {
        return at > 0
                && items.get(at).means(Meaning.PLUS)
                && items.get(at - 1).means(Meaning.TIMES);
    }
}
