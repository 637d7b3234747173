package dev.altiplano.compute;

import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The keys and values that one query sees: neighbouring positions of one head of one layer.
 * Mutable, so that a worker can point its own one at query after query and allocate nothing.
 */
public final class KvSpan {
    KvLayout layout = new KvLayout(1, 1, 1, KvType.F32);
    MemorySegment[] blocks = {};
    MemorySegment addresses = MemorySegment.NULL;
    int layer;
    int kvHead;

    /** The part of the span that attention runs over, from (inclusive) to (exclusive). */
    int fromPosition;

    int toPosition;
    private int spanFrom;
    private int spanTo;

    /** Sees nothing until {@link #select} and {@link #see}. */
    public KvSpan() {}

    /** The addresses of {@code blocks}, as {@link #select} takes them. */
    public static MemorySegment addresses(MemorySegment[] blocks) {
        return MemorySegment.ofArray(
                Arrays.stream(blocks).mapToLong(MemorySegment::address).toArray());
    }

    /**
     * Chooses the layer.
     *
     * @param blocks block {@code i} holds the positions from {@code i * BLOCK_TOKENS} on; those
     *     before {@code fromPosition} may have gone
     * @param addresses the addresses of the blocks, 0 for those that have gone; longs
     * @param layer the layer's index among those that share the blocks
     */
    public void select(
            KvLayout layout, MemorySegment[] blocks, MemorySegment addresses, int layer) {
        this.layout = layout;
        this.blocks = blocks;
        this.addresses = addresses;
        this.layer = layer;
    }

    /** Chooses the head and the positions {@code from} (inclusive) to {@code to} (exclusive). */
    public void see(int kvHead, int from, int to) {
        assert 0 <= from && from < to : "a query sees at least itself";
        this.kvHead = kvHead;
        this.spanFrom = from;
        this.spanTo = to;
        seeRange(0);
    }

    /** How many ranges the span reaches into, see {@link AttentionPart}. */
    public int ranges() {
        return (spanTo - 1) / AttentionPart.RANGE_TOKENS
                - spanFrom / AttentionPart.RANGE_TOKENS
                + 1;
    }

    /**
     * Chooses, for {@link Kernels#attendRange}, what of the span lies in its range {@code index}.
     */
    public void seeRange(int index) {
        int range = spanFrom / AttentionPart.RANGE_TOKENS + index;
        fromPosition = Math.max(spanFrom, range * AttentionPart.RANGE_TOKENS);
        toPosition = (int) Math.min(spanTo, (range + 1L) * AttentionPart.RANGE_TOKENS);
        assert fromPosition < toPosition : "the span has no such range";
    }

    /** Throws {@link IllegalStateException} if a block that is to be seen has gone. */
    void requireBlocks() {
        int end = Math.ceilDiv(toPosition, KvLayout.BLOCK_TOKENS);
        for (int block = fromPosition / KvLayout.BLOCK_TOKENS; block < end; block++) {
            if (addresses.getAtIndex(ValueLayout.JAVA_LONG, block) == 0) {
                throw new IllegalStateException(
                        "block %d of the KV cache has gone".formatted(block));
            }
        }
    }
}
