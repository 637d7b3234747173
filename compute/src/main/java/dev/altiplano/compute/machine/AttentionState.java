package dev.altiplano.compute.machine;

import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Mem;

/**
 * The memory of one call of {@link AttentionCode}: what the caller hands over, then scratch.
 *
 * @param vectorBytes of the code's vectors
 */
record AttentionState(int heads, KvTile tile, int vectorBytes) {
    /** Where the f32 factor of the scores stands. */
    static final int SCALE = 0;

    /** Where the i64 offset of this head's tile in a block stands. */
    static final int TILE_OFFSET = 8;

    private static final int TILES = 16;
    private static final int BLOCKS_IN_SEGMENT = AttentionCode.SEGMENT / KvTile.TOKENS;
    private static final int NEXT_TILES = TILES + BLOCKS_IN_SEGMENT * Long.BYTES;
    private static final int VECTORS = 128;
    private static final int WEIGHTS_BYTES = AttentionCode.SEGMENT * Float.BYTES;

    long bytes() {
        return sumsOffset() + (long) heads * tile.headDim() * Float.BYTES;
    }

    /** The address of a block's tile; {@code index} counts the blocks of the segment. */
    Mem tile(Gpr index) {
        return Mem.at(AttentionCode.STATE, index, Long.BYTES, TILES);
    }

    /** The address of the tile that is read a segment later, or of one that does no harm. */
    Mem nextTile(Gpr index) {
        return Mem.at(AttentionCode.STATE, index, Long.BYTES, NEXT_TILES);
    }

    /** The largest score so far, in every lane. */
    Mem largest(int head) {
        return at(largestOffset(head));
    }

    int largestOffset(int head) {
        return VECTORS + head * vectorBytes;
    }

    /** The sum of weights, in as many parts as there are lanes; at the end whole in every lane. */
    Mem weightSum(int head) {
        return at(weightSumOffset(head));
    }

    int weightSumOffset(int head) {
        return VECTORS + (heads + head) * vectorBytes;
    }

    /** The factor for what was summed before this segment, in every lane. */
    Mem shrink(int head) {
        return at(VECTORS + (2 * heads + head) * vectorBytes);
    }

    /** The segment's scores, which become its weights: [heads, SEGMENT]. */
    int weightsOffset(int head) {
        return VECTORS + 3 * heads * vectorBytes + head * WEIGHTS_BYTES;
    }

    /** The weights times the scales of one group of the values; the weights if there are none. */
    int scaledWeightsOffset(int head) {
        return weightsOffset(tile.type().hasScales() ? heads + head : head);
    }

    /** The queries times the scale, [heads, headDim]. */
    int queriesOffset() {
        return scaledWeightsOffset(heads);
    }

    Mem queries(Gpr index) {
        return Mem.at(AttentionCode.STATE, index, Float.BYTES, queriesOffset());
    }

    /** The weighted values, [heads, headDim]. */
    private int sumsOffset() {
        return queriesOffset() + heads * tile.headDim() * Float.BYTES;
    }

    Mem sums(Gpr index, int column) {
        return Mem.at(AttentionCode.STATE, index, Float.BYTES, sumsOffset() + column * Float.BYTES);
    }

    Mem sum(int head, int column) {
        return at(sumsOffset() + (head * tile.headDim() + column) * Float.BYTES);
    }

    private static Mem at(int offset) {
        return Mem.at(AttentionCode.STATE, offset);
    }
}
