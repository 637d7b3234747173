package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * MXFP4: 32 weights in E2M1 (sign, two exponent bits, one fraction bit) share a power of two.
 *
 * <p>Block layout, 17 bytes: byte 0 {@code e} (E8M0: the scale is 2^(e - 127)), bytes 1-16 {@code
 * quants}: byte j holds weight j in its low and weight j + 16 in its high half; {@code weight[i] =
 * 2^(e - 128) * TWICE_E2M1[n]}. Source: OCP Microscaling Formats 1.0; ggml, {@code block_mxfp4}.
 */
final class MXFP4Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 17;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, MXFP4Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, MXFP4Blocks::encode);

    private static final int[] TWICE_E2M1 = {
        0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12
    };

    private MXFP4Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float halfScale = halfScale(BlockFields.u8(block, at));
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 1 + i);
            target[first + i] = halfScale * twiceE2m1(pair & 0xF);
            target[first + i + 16] = halfScale * twiceE2m1(pair >> 4);
        }
    }

    /** Twice the value of an E2M1 number, a whole number; NVFP4 uses it too. */
    static int twiceE2m1(int bits) {
        return TWICE_E2M1[bits];
    }

    /** 2^(e - 128), exact down to the subnormal 2^-128. */
    private static float halfScale(int e) {
        return Math.scalb(1f, e - 128);
    }

    /** The scale is the power of two that brings the largest magnitude between 4 and 8. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float magnitude = Math.abs(Rounding.largest(source, first, BLOCK_WEIGHTS));
        int e = magnitude == 0 ? 0 : Math.max(0, floorOfLog2(magnitude) - 2 + 127);
        float halfScale = halfScale(e);
        BlockFields.putU8(block, at, e);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int low = nearest(source[first + i], halfScale);
            int high = nearest(source[first + i + 16], halfScale);
            BlockFields.putU8(block, at + 1 + i, low | high << 4);
        }
    }

    /** Rounds the logarithm to a float first, as ggml does: it may reach the next whole number. */
    private static int floorOfLog2(float magnitude) {
        return (int) Math.floor((float) (Math.log(magnitude) / Math.log(2)));
    }

    private static int nearest(float weight, float halfScale) {
        int best = 0;
        for (int n = 1; n < TWICE_E2M1.length; n++) {
            if (Math.abs(halfScale * TWICE_E2M1[n] - weight)
                    < Math.abs(halfScale * TWICE_E2M1[best] - weight)) {
                best = n;
            }
        }
        return best;
    }
}
