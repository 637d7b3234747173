package dev.altiplano.model.jinja;

import java.util.List;

/** Python's {@code list} or {@code tuple}. Immutable, as the sandbox of chat templates keeps it. */
public final class Sequence implements Value {
    private final boolean isTuple;
    private final List<Value> items;
    private final Extent extent;

    private Sequence(boolean isTuple, List<Value> items) {
        this.isTuple = isTuple;
        this.items = List.copyOf(items);
        this.extent = Extent.of(this.items);
    }

    public static Sequence list(List<? extends Value> items) {
        return new Sequence(false, List.copyOf(items));
    }

    public static Sequence tuple(List<? extends Value> items) {
        return new Sequence(true, List.copyOf(items));
    }

    Sequence withItems(List<Value> others) {
        return new Sequence(isTuple, others);
    }

    boolean isTuple() {
        return isTuple;
    }

    List<Value> items() {
        return items;
    }

    Extent extent() {
        return extent;
    }

    /** Tuples are keys by their items; lists are no keys and equal only themselves. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (isTuple
                        && other instanceof Sequence sequence
                        && sequence.isTuple
                        && sequence.items.equals(items));
    }

    @Override
    public int hashCode() {
        return isTuple ? items.hashCode() : System.identityHashCode(this);
    }
}
