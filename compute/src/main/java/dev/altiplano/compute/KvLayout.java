package dev.altiplano.compute;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.MemorySegment;

/**
 * Where keys and values lie in a block of the KV cache. A block holds {@link #BLOCK_TOKENS}
 * neighbouring positions of one sequence, for all {@code layers} that share a pool: {@code [layers,
 * kvHeads]} tiles, see {@link KvTile}.
 */
public record KvLayout(int layers, int kvHeads, KvTile tile) {
    /** Positions in a block. */
    public static final int BLOCK_TOKENS = KvTile.TOKENS;

    public KvLayout {
        if (layers < 1 || kvHeads < 1) {
            throw new IllegalArgumentException(
                    "expected layers and kvHeads >= 1, found %d and %d".formatted(layers, kvHeads));
        }
    }

    public KvLayout(int layers, int kvHeads, int headDim, KvType type) {
        this(layers, kvHeads, new KvTile(type, headDim));
    }

    public int headDim() {
        return tile.headDim();
    }

    public long blockBytes() {
        return Math.multiplyExact((long) layers * kvHeads, tileBytes());
    }

    /** The first byte of the keys and values of one head. */
    public long tileOffset(int layer, int kvHead) {
        return ((long) layer * kvHeads + kvHead) * tileBytes();
    }

    private long tileBytes() {
        return 2L * tile.halfBytes();
    }

    /**
     * Writes one position's key and value, each [kvHeads, headDim] from {@code index} on, into its
     * {@code slot} (position modulo {@link #BLOCK_TOKENS}) of {@code block}.
     */
    public void store(
            MemorySegment block, int layer, int slot, float[] key, float[] value, int index) {
        for (int head = 0; head < kvHeads; head++) {
            tile.store(
                    block,
                    tileOffset(layer, head),
                    slot,
                    key,
                    value,
                    index + head * tile.headDim());
        }
    }
}
