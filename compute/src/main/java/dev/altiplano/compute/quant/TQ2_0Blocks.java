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

    private TQ2_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 64);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int shift = i % 128 / 32 * 2;
            int n = BlockFields.u8(block, at + i / 128 * 32L + i % 32) >> shift & 3;
            target[first + i] = d * (n - 1);
        }
    }
}
