package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;

/**
 * The keys and values that one query sees: positions {@code fromPosition} (inclusive) to {@code
 * toPosition} (exclusive) of one head of one layer. Mutable, so that a worker can point its own one
 * at query after query and allocate nothing.
 */
public final class KvSpan {
    KvLayout layout = new KvLayout(1, 1, 1);
    MemorySegment[] blocks = {};
    int layer;
    int kvHead;
    int fromPosition;
    int toPosition;

    /** Sees nothing until {@link #select} and {@link #see}. */
    public KvSpan() {}

    /**
     * Chooses the layer.
     *
     * @param blocks block {@code i} holds the positions from {@code i * BLOCK_TOKENS} on; those
     *     before {@code fromPosition} may have gone
     * @param layer the layer's index among those that share the blocks
     */
    public void select(KvLayout layout, MemorySegment[] blocks, int layer) {
        this.layout = layout;
        this.blocks = blocks;
        this.layer = layer;
    }

    /** Chooses the head and the positions {@code from} (inclusive) to {@code to} (exclusive). */
    public void see(int kvHead, int from, int to) {
        assert 0 <= from && from < to : "a query sees at least itself";
        this.kvHead = kvHead;
        this.fromPosition = from;
        this.toPosition = to;
    }
}
