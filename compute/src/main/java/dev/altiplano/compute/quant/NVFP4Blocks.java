package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * NVFP4: 64 weights in E2M1; each 16 share a scale in unsigned E4M3.
 *
 * <p>Block layout, 36 bytes: bytes 0-3 {@code scales} (E4M3 with bias 7, sign ignored, 0x7F is
 * zero); bytes 4-35 {@code quants}: each 8 bytes hold 16 weights, the low halves the first 8 of
 * them. {@code weight[i] = scale / 2 * twiceE2m1[n]}. Source: ggml, {@code block_nvfp4}.
 */
final class NVFP4Blocks {
    static final int BLOCK_WEIGHTS = 64;
    static final int BLOCK_BYTES = 36;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, NVFP4Blocks::decode);

    private NVFP4Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int group = i / 16;
            float halfScale = halfScale(BlockFields.u8(block, at + group));
            int n = BlockFields.u8(block, at + 4 + 8L * group + i % 8) >> (i % 16 / 8 * 4) & 0xF;
            target[first + i] = halfScale * MXFP4Blocks.twiceE2m1(n);
        }
    }

    private static float halfScale(int bits) {
        if (bits == 0x7F) {
            return 0;
        }
        int exponent = bits >> 3 & 0xF;
        int fraction = bits & 0x7;
        return exponent == 0
                ? Math.scalb((float) fraction, -10)
                : Math.scalb((float) (8 + fraction), exponent - 11);
    }
}
