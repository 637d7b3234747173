package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where keys and values lie in a block of the KV cache. A block holds {@link #BLOCK_TOKENS}
 * neighbouring positions of one sequence, for all {@code layers} that share a pool, as f32:
 *
 * <pre>
 * [layers, kvHeads, (keys [headDim, BLOCK_TOKENS], values [BLOCK_TOKENS, headDim])]
 * </pre>
 *
 * <p>Keys are transposed, so that one vector of scores comes from {@code headDim} fused
 * multiply-adds with no sum across lanes; values are not, for the same reason in the other product.
 */
public record KvLayout(int layers, int kvHeads, int headDim) {
    /** Positions in a block; one 512-bit vector of keys. */
    public static final int BLOCK_TOKENS = 16;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    public KvLayout {
        if (layers < 1 || kvHeads < 1 || headDim < 1) {
            throw new IllegalArgumentException(
                    "expected layers, kvHeads and headDim >= 1, found %d, %d and %d"
                            .formatted(layers, kvHeads, headDim));
        }
    }

    public long blockBytes() {
        return Math.multiplyExact((long) layers * kvHeads, 2 * halfBytes());
    }

    /** The first byte of the keys [headDim, BLOCK_TOKENS] of one head. */
    public long keysOffset(int layer, int kvHead) {
        return ((long) layer * kvHeads + kvHead) * 2 * halfBytes();
    }

    /** The first byte of the values [BLOCK_TOKENS, headDim] of one head. */
    public long valuesOffset(int layer, int kvHead) {
        return keysOffset(layer, kvHead) + halfBytes();
    }

    /**
     * Writes one position's key and value, each [kvHeads, headDim] from {@code index} on, into its
     * {@code slot} (position modulo {@link #BLOCK_TOKENS}) of {@code block}.
     */
    public void store(
            MemorySegment block, int layer, int slot, float[] key, float[] value, int index) {
        for (int head = 0; head < kvHeads; head++) {
            int from = index + head * headDim;
            long keys = keysOffset(layer, head) + (long) slot * Float.BYTES;
            for (int i = 0; i < headDim; i++) {
                block.set(FLOAT, keys + (long) i * BLOCK_TOKENS * Float.BYTES, key[from + i]);
            }
            long values = valuesOffset(layer, head) + (long) slot * headDim * Float.BYTES;
            MemorySegment.copy(value, from, block, FLOAT, values, headDim);
        }
    }

    private long halfBytes() {
        return (long) headDim * BLOCK_TOKENS * Float.BYTES;
    }
}
