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
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, TQ1_0Blocks::encode);

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

    /** Each weight goes to the nearest of -d, 0, d, where d is the largest magnitude. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float d = Math.abs(Rounding.largest(source, first, BLOCK_WEIGHTS));
        float inverse = Rounding.inverse(d);
        for (int i = 0; i < 32; i++) {
            BlockFields.putU8(block, at + i, fraction(source, first + i, 32, 5, inverse));
        }
        for (int i = 0; i < 16; i++) {
            BlockFields.putU8(
                    block, at + 32 + i, fraction(source, first + 160 + i, 16, 5, inverse));
        }
        for (int i = 0; i < 4; i++) {
            BlockFields.putU8(block, at + 48 + i, fraction(source, first + 240 + i, 4, 4, inverse));
        }
        BlockFields.putF16(block, at + 52, d);
    }

    /** The byte of {@code digits} weights that stand {@code step} apart, the first in front. */
    private static int fraction(float[] source, int first, int step, int digits, float inverse) {
        int number = 0;
        for (int k = 0; k < 5; k++) {
            int digit =
                    k < digits
                            ? Rounding.halfAwayFromZero(source[first + k * step] * inverse) + 1
                            : 0;
            number = number * 3 + digit;
        }
        // Rounded up, so that the digits come out again although 243 does not divide 256.
        return (number * 256 + 242) / 243;
    }
}
