package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Where the keys and values of one head lie at {@link #TOKENS} neighbouring positions, and what
 * they are: the definition that the kernels are held to.
 *
 * <pre>
 * keys   [headDim, TOKENS]    then    values [TOKENS, headDim]
 * </pre>
 *
 * <p>Keys are transposed, so that one vector of scores comes from {@code headDim} fused
 * multiply-adds with no sum across lanes; values are not, for the same reason in the other product.
 *
 * <p>With scales, either half is cut into groups of {@link #GROUP_VALUES} values of the head (the
 * last may be shorter): the group's scales [TOKENS] as binary16, then its quants, keys [group,
 * TOKENS] or values [TOKENS, group] as int8; {@code value = scale · quant}. Without scales all
 * values of the head are one group. Little-endian.
 *
 * @param headDim values of a head
 */
public record KvTile(KvType type, int headDim) {
    /** Positions in a tile; one 512-bit vector of keys. */
    public static final int TOKENS = 16;

    /** Values of a head that share a scale. */
    public static final int GROUP_VALUES = 32;

    private static final float BINARY16_MAX = 65_504;

    /** Throws {@link IllegalArgumentException} for a head without values. */
    public KvTile {
        if (headDim < 1) {
            throw new IllegalArgumentException("expected headDim >= 1, found " + headDim);
        }
    }

    /** Bytes of the keys, and as many of the values. */
    public int halfBytes() {
        int values = Math.multiplyExact(headDim, type.valueBytes());
        return Math.multiplyExact(TOKENS, Math.addExact(values, groups() * type.scaleBytes()));
    }

    public int groups() {
        return Math.ceilDiv(headDim, groupValues());
    }

    private int groupValues() {
        return type.hasScales() ? GROUP_VALUES : headDim;
    }

    /** Values of the head that are in {@code group}. */
    public int columns(int group) {
        return Math.min(groupValues(), headDim - group * groupValues());
    }

    /** The first value of the head that is in {@code group}. */
    public int firstColumn(int group) {
        return group * groupValues();
    }

    /** Where in a half the scales of {@code group} lie. */
    public int scalesOffset(int group) {
        return group * TOKENS * (type.scaleBytes() + groupValues() * type.valueBytes());
    }

    /** Where in a half the values of {@code group} lie. */
    public int valuesOffset(int group) {
        return scalesOffset(group) + TOKENS * type.scaleBytes();
    }

    /**
     * Writes one position's key and value, each [headDim] from {@code index} on.
     *
     * @param at where the tile lies in {@code block}
     */
    public void store(
            MemorySegment block, long at, int slot, float[] key, float[] value, int index) {
        for (int group = 0; group < groups(); group++) {
            int first = firstColumn(group);
            int count = columns(group);
            long scale = at + scaleOffset(slot, group);
            int keyStep = TOKENS * type.valueBytes();
            put(block, scale, at + keyOffset(slot, first), keyStep, key, index + first, count);
            put(
                    block,
                    scale + halfBytes(),
                    at + valueOffset(slot, first),
                    type.valueBytes(),
                    value,
                    index + first,
                    count);
        }
    }

    /** The values of one group, {@code step} bytes apart. */
    private void put(
            MemorySegment block,
            long scaleAt,
            long at,
            long step,
            float[] source,
            int first,
            int count) {
        switch (type) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    BlockFields.putF32(block, at + i * step, source[first + i]);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    BlockFields.putF16(block, at + i * step, inBinary16(source[first + i]));
                }
            }
            case Q8_0 -> {
                float scale = inBinary16(largestMagnitude(source, first, count) / 127);
                BlockFields.putF16(block, scaleAt, scale);
                float inverse = Rounding.inverse(BlockFields.f16(block, scaleAt));
                for (int i = 0; i < count; i++) {
                    long quant = (long) Math.rint(source[first + i] * inverse);
                    BlockFields.putU8(block, at + i * step, Math.clamp(quant, -127, 127));
                }
            }
        }
    }

    /** NaN stays what it is. */
    private static float inBinary16(float value) {
        return Math.max(-BINARY16_MAX, Math.min(BINARY16_MAX, value));
    }

    /** NaN if one of them is. */
    private static float largestMagnitude(float[] source, int first, int count) {
        float largest = 0;
        for (int i = first; i < first + count; i++) {
            largest = Math.max(largest, Math.abs(source[i]));
        }
        return largest;
    }

    /** Value {@code i} of the key in {@code slot} of the tile at {@code at}. */
    public float key(MemorySegment block, long at, int slot, int i) {
        int group = i / groupValues();
        return get(block, at + scaleOffset(slot, group), at + keyOffset(slot, i));
    }

    /** Value {@code i} of the value in {@code slot} of the tile at {@code at}. */
    public float value(MemorySegment block, long at, int slot, int i) {
        int group = i / groupValues();
        return get(block, at + halfBytes() + scaleOffset(slot, group), at + valueOffset(slot, i));
    }

    private float get(MemorySegment block, long scaleAt, long at) {
        return switch (type) {
            case F32 -> BlockFields.f32(block, at);
            case F16 -> BlockFields.f16(block, at);
            case Q8_0 -> BlockFields.f16(block, scaleAt) * BlockFields.i8(block, at);
        };
    }

    private long scaleOffset(int slot, int group) {
        return scalesOffset(group) + (long) slot * type.scaleBytes();
    }

    private long keyOffset(int slot, int i) {
        int group = i / groupValues();
        int inGroup = i - firstColumn(group);
        return valuesOffset(group) + (inGroup * (long) TOKENS + slot) * type.valueBytes();
    }

    private long valueOffset(int slot, int i) {
        int group = i / groupValues();
        long inGroup = (long) slot * columns(group) + i - firstColumn(group);
        return halfBytes() + valuesOffset(group) + inGroup * type.valueBytes();
    }
}
