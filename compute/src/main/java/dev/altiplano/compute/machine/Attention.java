package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.Parameter.SEGMENT;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.altiplano.compute.quant.KvTile;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Attention of the query heads that share one KV head, over a cache of {@link KvTile}s. Immutable,
 * safe for many threads.
 */
public final class Attention {
    private final int heads;
    private final KvTile tile;
    private final AttentionState state;
    private final MethodHandle attend;

    private Attention(InstructionSet isa, int heads, KvTile tile) {
        this.heads = heads;
        this.tile = tile;
        this.state = AttentionCode.state(isa, heads, tile);
        this.attend =
                MachineFunction.of(
                        AttentionCode.emit(isa, heads, tile),
                        SEGMENT,
                        SEGMENT,
                        SEGMENT,
                        LONG,
                        LONG,
                        LONG,
                        LONG,
                        LONG);
    }

    /** Empty if there is no code for such heads, or if it fails its check. */
    public static Optional<Attention> of(InstructionSet isa, int heads, KvTile tile) {
        return AttentionCode.supports(tile.headDim())
                ? Optional.of(new Attention(isa, heads, tile)).filter(AttentionCheck::passes)
                : Optional.empty();
    }

    public int heads() {
        return heads;
    }

    public KvTile tile() {
        return tile;
    }

    /** Bytes of state that {@link #attend} needs. */
    public long stateBytes() {
        return state.bytes();
    }

    /**
     * {@code out = softmax(scale · q·kᵀ) · v} over positions {@code from} to {@code to - 1}, then
     * what it takes to merge it with that over other positions.
     *
     * @param q [heads, headDim] from {@code index} floats on
     * @param out from {@code outIndex} floats on: [heads, headDim] results, [heads] largest scores,
     *     [heads] sums of {@code exp(score - largest)}
     * @param blocks addresses; block i holds positions 16i to 16i + 15. Trusted: that each block in
     *     range is there and large enough is the caller's to know
     * @param tileOffset where this head's tile lies in a block, in bytes
     * @param memory scratch of {@link #stateBytes} outside the heap
     */
    public void attend(
            MemorySegment q,
            long index,
            MemorySegment out,
            long outIndex,
            MemorySegment blocks,
            long tileOffset,
            int from,
            int to,
            float scale,
            MemorySegment memory) {
        assert 0 <= from && from < to;
        long bytes = (long) heads * tile.headDim() * Float.BYTES;
        requireBytes(q, index * Float.BYTES, bytes);
        requireBytes(out, outIndex * Float.BYTES, bytes + 2L * heads * Float.BYTES);
        requireBytes(blocks, 0, (long) Math.ceilDiv(to, KvTile.TOKENS) * Long.BYTES);
        requireBytes(memory, 0, state.bytes());
        memory.set(JAVA_FLOAT, AttentionState.SCALE, scale);
        memory.set(JAVA_LONG, AttentionState.TILE_OFFSET, tileOffset);
        try {
            attend.invokeExact(
                    q,
                    out,
                    blocks,
                    memory.address(),
                    (long) from,
                    (long) to,
                    index * Float.BYTES,
                    outIndex * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        long largest = outIndex + (long) heads * tile.headDim();
        for (int head = 0; head < heads; head++) {
            float score = memory.get(JAVA_FLOAT, state.largestOffset(head));
            float weightSum = memory.get(JAVA_FLOAT, state.weightSumOffset(head));
            out.setAtIndex(JAVA_FLOAT, largest + head, score);
            out.setAtIndex(JAVA_FLOAT, largest + heads + head, weightSum);
        }
    }
}
