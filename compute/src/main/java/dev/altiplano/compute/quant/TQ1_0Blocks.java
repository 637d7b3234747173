package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * TQ1_0: 256 weights of three values, -1, 0 or 1 times one scale, five to a byte.
 *
 * <p>Block layout, little-endian, 54 bytes: bytes 0-31 weights 0-159, bytes 32-47 weights 160-239,
 * five to a byte; bytes 48-51 weights 240-255, four to a byte; bytes 52-53 {@code d} (binary16). A
 * byte is a fraction in base 3, scaled to 256: multiplied by 3^k (modulo 256) its digit k stands in
 * front. Neighbouring weights have neighbouring bytes and the same k. Source: ggml, {@code
 * block_tq1_0}.
 */
final class TQ1_0Blocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 54;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, TQ1_0Blocks::decode);

    private static final int[] POWERS_OF_3 = {1, 3, 9, 27, 81};

    private TQ1_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 52);
        for (int i = 0; i < 160; i++) {
            target[first + i] = d * (digit(BlockFields.u8(block, at + i % 32), i / 32) - 1);
        }
        for (int i = 0; i < 80; i++) {
            int digit = digit(BlockFields.u8(block, at + 32 + i % 16), i / 16);
            target[first + 160 + i] = d * (digit - 1);
        }
        for (int i = 0; i < 16; i++) {
            int digit = digit(BlockFields.u8(block, at + 48 + i % 4), i / 4);
            target[first + 240 + i] = d * (digit - 1);
        }
    }

    /** Digit {@code k} after the point: 0, 1 or 2. */
    private static int digit(int fraction, int k) {
        return ((fraction * POWERS_OF_3[k] & 0xFF) * 3) >> 8;
    }
}
