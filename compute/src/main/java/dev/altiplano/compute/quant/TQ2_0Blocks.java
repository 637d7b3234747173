package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * TQ2_0: 256 weights of three values, -1, 0 or 1 times one scale, four to a byte.
 *
 * <p>Block layout, little-endian, 66 bytes: bytes 0-63 {@code quants}: each 32 bytes hold 128
 * weights, the lowest two bits of the bytes the first 32 of them; bytes 64-65 {@code d} (binary16);
 * {@code weight[i] = d * (n - 1)}. Source: ggml, {@code block_tq2_0}.
 */
final class TQ2_0Blocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 66;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, TQ2_0Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, TQ2_0Blocks::encode);

    private TQ2_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 64);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int shift = i % 128 / 32 * 2;
            int n = BlockFields.u8(block, at + i / 128 * 32L + i % 32) >> shift & 3;
            target[first + i] = d * (n - 1);
        }
    }

    /** Each weight goes to the nearest of -d, 0, d, where d is the largest magnitude. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float d = Math.abs(Rounding.largest(source, first, BLOCK_WEIGHTS));
        float inverse = Rounding.inverse(d);
        for (int i = 0; i < BLOCK_WEIGHTS / 4; i++) {
            int start = first + i / 32 * 128 + i % 32;
            int quants = 0;
            for (int k = 0; k < 4; k++) {
                int digit = Rounding.halfAwayFromZero(source[start + 32 * k] * inverse) + 1;
                quants |= digit << (2 * k);
            }
            BlockFields.putU8(block, at + i, quants);
        }
        BlockFields.putF16(block, at + 64, d);
    }
}
