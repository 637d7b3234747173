package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.Layout;
import java.util.Comparator;

/** The last word between layouts that cost the same, so that a search has one answer. */
final class LayoutOrder {
    static final Comparator<Layout> INSTANCE =
            Comparator.comparingInt(Layout::tp)
                    .thenComparingInt(Layout::cp)
                    .thenComparingInt(Layout::pp)
                    .thenComparingInt(Layout::ep)
                    .thenComparingInt(Layout::expertTp)
                    .thenComparingInt(Layout::dp)
                    .thenComparingInt(Layout::virtualStages)
                    .thenComparingInt(Layout::micro)
                    .thenComparing(Layout::sharding)
                    .thenComparingInt(Layout::shardGroup)
                    .thenComparing(Layout::recompute)
                    .thenComparing(Layout::schedule);

    private LayoutOrder() {}
}
