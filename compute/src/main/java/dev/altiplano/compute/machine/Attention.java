package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.Parameter.SEGMENT;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Attention of the query heads that share one KV head; for the layout of the cache see {@link
 * AttentionCode}. Immutable, safe for many threads.
 */
public final class Attention {
    private final int heads;
    private final int headDim;
    private final MethodHandle attend;

    /** Throws {@link IllegalArgumentException} unless {@link #supports}. */
    public Attention(int heads, int headDim) {
        if (!supports(headDim)) {
            throw new IllegalArgumentException("no attention for heads of " + headDim);
        }
        this.heads = heads;
        this.headDim = headDim;
        this.attend =
                MachineFunction.of(
                        AttentionCode.emit(heads, headDim),
                        SEGMENT,
                        SEGMENT,
                        SEGMENT,
                        LONG,
                        LONG,
                        LONG,
                        LONG);
    }

    public int heads() {
        return heads;
    }

    public int headDim() {
        return headDim;
    }

    public static boolean supports(int headDim) {
        return AttentionCode.supports(headDim);
    }

    /** Bytes of state that {@link #attend} needs. */
    public static long stateBytes(int heads, int headDim) {
        return AttentionCode.stateBytes(heads, headDim);
    }

    /**
     * {@code out = softmax(scale · q·kᵀ) · v} over positions {@code from} to {@code to - 1}.
     *
     * @param q [heads, headDim] from {@code index} floats on
     * @param out the same
     * @param blocks addresses; block i holds positions 16i to 16i + 15. Trusted: that each block in
     *     range is there and large enough is the caller's to know
     * @param keysOffset where this head's keys lie in a block, in bytes
     * @param state scratch outside the heap
     */
    public void attend(
            MemorySegment q,
            MemorySegment out,
            long index,
            MemorySegment blocks,
            long keysOffset,
            int from,
            int to,
            float scale,
            MemorySegment state) {
        assert 0 <= from && from < to;
        long bytes = (long) heads * headDim * Float.BYTES;
        requireBytes(q, index * Float.BYTES, bytes);
        requireBytes(out, index * Float.BYTES, bytes);
        long blockCount = Math.ceilDiv(to, AttentionCode.BLOCK_TOKENS);
        requireBytes(blocks, 0, blockCount * Long.BYTES);
        requireBytes(state, 0, stateBytes(heads, headDim));
        state.set(ValueLayout.JAVA_FLOAT, AttentionCode.SCALE, scale);
        state.set(ValueLayout.JAVA_LONG, AttentionCode.KEYS_OFFSET, keysOffset);
        try {
            attend.invokeExact(
                    q, out, blocks, state.address(), (long) from, (long) to, index * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
