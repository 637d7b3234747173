package dev.altiplano.compute.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KvTileTest {
    private static final int[] HEAD_DIMS = {1, 2, 31, 32, 33, 64, 80, 128};

    @ParameterizedTest
    @EnumSource
    void everySlotKeepsItsOwnKeyAndValue(KvType type) {
        for (int headDim : HEAD_DIMS) {
            KvTile tile = new KvTile(type, headDim);
            MemorySegment block = block(tile);
            float[][] keys = new float[KvTile.TOKENS][];
            float[][] values = new float[KvTile.TOKENS][];
            SplittableRandom random = new SplittableRandom(headDim);
            for (int slot = 0; slot < KvTile.TOKENS; slot++) {
                keys[slot] = floats(headDim, random);
                values[slot] = floats(headDim, random);
                tile.store(block, 0, slot, keys[slot], values[slot], 0);
            }
            for (int slot = 0; slot < KvTile.TOKENS; slot++) {
                for (int i = 0; i < headDim; i++) {
                    float key = tile.key(block, 0, slot, i);
                    float value = tile.value(block, 0, slot, i);
                    assertThat(key).isCloseTo(keys[slot][i], within(error(type)));
                    assertThat(value).isCloseTo(values[slot][i], within(error(type)));
                }
            }
        }
    }

    /** Of values up to 1. */
    private static float error(KvType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 0x1p-12f;
            case Q8_0 -> 0.5f / 127 + 0x1p-11f;
        };
    }

    private static float[] floats(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** As large as a tile and no larger. */
    private static MemorySegment block(KvTile tile) {
        return Arena.ofAuto().allocate(2L * tile.halfBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eightBitsAreThoseOfTheWeightFormat(long seed) {
        KvTile tile = new KvTile(KvType.Q8_0, 64);
        MemorySegment block = block(tile);
        float[] value = floats(64, new SplittableRandom(seed));
        MemorySegment encoded = Arena.ofAuto().allocate(2 * Q8_0Blocks.BLOCK_BYTES);
        Q8_0Blocks.ENCODER.encode(value, 0, encoded, 0, 64);
        float[] expected = new float[64];
        Q8_0Blocks.DECODER.decode(encoded, 0, expected, 0, 64);

        tile.store(block, 0, 5, value, value, 0);

        for (int i = 0; i < 64; i++) {
            // The scale is the same; a quant at the edge may be the next one.
            assertThat(tile.value(block, 0, 5, i)).isCloseTo(expected[i], within(1 / 127f));
            assertThat(tile.key(block, 0, 5, i)).isEqualTo(tile.value(block, 0, 5, i));
        }
        short scale = block.get(ValueLayout.JAVA_SHORT_UNALIGNED, 5L * Short.BYTES);
        assertThat(scale).isEqualTo(encoded.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
    }

    @Test
    void whatDoesNotFitIn16BitsBecomesTheLargestNumber() {
        assertThat(stored(KvType.F16, 1e6f, 1)).isEqualTo(65_504);
        assertThat(stored(KvType.F16, -1e6f, 1)).isEqualTo(-65_504);
        assertThat(stored(KvType.Q8_0, 1e9f, 1)).isEqualTo(65_504f * 127);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberThatIsNoneStaysOne(KvType type) {
        assertThat(stored(type, Float.NaN, 1)).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void zerosStayZero(KvType type) {
        assertThat(stored(type, 0, 0)).isZero();
        assertThat(stored(type, 0, 1e-30f)).isZero();
    }

    /** The first of a head's values, the others of which are {@code rest}. */
    private static float stored(KvType type, float first, float rest) {
        KvTile tile = new KvTile(type, 32);
        MemorySegment block = block(tile);
        float[] values = new float[32];
        Arrays.fill(values, rest);
        values[0] = first;
        tile.store(block, 0, 7, values, values, 0);
        assertThat(tile.key(block, 0, 7, 0)).isEqualTo((Float) tile.value(block, 0, 7, 0));
        return tile.value(block, 0, 7, 0);
    }

    @Test
    void takesTheBytesThatItsNameSays() {
        assertThat(new KvTile(KvType.F32, 64).halfBytes()).isEqualTo(16 * 64 * 4);
        assertThat(new KvTile(KvType.F16, 64).halfBytes()).isEqualTo(16 * 64 * 2);
        assertThat(new KvTile(KvType.Q8_0, 64).halfBytes()).isEqualTo(16 * 2 * 34);
        assertThat(new KvTile(KvType.Q8_0, 80).halfBytes()).isEqualTo(16 * (2 * 34 + 18));
    }
}
