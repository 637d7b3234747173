package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * The eight-bit floats of safetensors files, one byte a weight.
 *
 * <p>E4M3: sign, 4 exponent bits with bias 7, 3 fraction bits; no infinity, 0x7F and 0xFF are NaN,
 * the largest value is 448. E5M2: the upper byte of IEEE 754 binary16, so it has infinities.
 * Source: OCP 8-bit Floating Point Specification, revision 1.0, section 5.1.
 */
final class Float8Codecs {
    private static final int E4M3_BIAS = 7;

    private Float8Codecs() {}

    static void decodeE4M3(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = e4m3(BlockFields.u8(blocks, offsetBytes + i));
        }
    }

    static void decodeE5M2(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            int bits = BlockFields.u8(blocks, offsetBytes + i);
            target[targetIndex + i] = Float.float16ToFloat((short) (bits << 8));
        }
    }

    private static float e4m3(int bits) {
        int exponent = bits >> 3 & 0xF;
        int fraction = bits & 0x7;
        if (exponent == 0xF && fraction == 0x7) {
            return Float.NaN;
        }
        float magnitude =
                exponent == 0
                        ? Math.scalb((float) fraction, 1 - E4M3_BIAS - 3)
                        : Math.scalb((float) (8 + fraction), exponent - E4M3_BIAS - 3);
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }
}
