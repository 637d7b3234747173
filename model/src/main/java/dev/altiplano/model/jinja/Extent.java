package dev.altiplano.model.jinja;

import java.util.Collection;

/**
 * How deep a value nests and how many values a walk through it meets. Both are bounded, because
 * shared parts let a short template build a value that is small in memory and endless to print.
 */
record Extent(int depth, long weight) {
    static final int DEPTH_MAX = 100;
    static final long WEIGHT_MAX = 4_000_000;
    private static final Extent LEAF = new Extent(0, 1);

    static Extent of(Value value) {
        return switch (value) {
            case Sequence sequence -> sequence.extent();
            case Dict dict -> dict.extent();
            case Value.DictView view -> view.dict().extent();
            case Value _ -> LEAF;
        };
    }

    /** The extent of a container; throws when a bound is passed. */
    static Extent of(Collection<? extends Value> items) {
        int depth = 0;
        long weight = 1;
        for (Value item : items) {
            Extent extent = of(item);
            depth = Math.max(depth, extent.depth());
            weight += extent.weight();
        }
        if (depth >= DEPTH_MAX || weight > WEIGHT_MAX) {
            throw ChatTemplateException.limit(
                    "a value nests deeper than %d levels or holds more than %d values"
                            .formatted(DEPTH_MAX, WEIGHT_MAX));
        }
        return new Extent(depth + 1, weight);
    }
}
