package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q2_K: 256 weights of two bits; each 16 share a four-bit scale and a four-bit minimum.
 *
 * <p>Block layout, little-endian, 84 bytes: bytes 0-15 {@code scales}, one byte for each 16
 * weights, low half scale, high half minimum; bytes 16-79 {@code quants}: each 32 bytes hold 128
 * weights, the lowest two bits of the bytes the first 32 of them; bytes 80-81 {@code d}, bytes
 * 82-83 {@code dmin} (binary16). {@code weight[i] = d * scale * n - dmin * minimum}. Source: ggml,
 * {@code block_q2_K}.
 */
final class Q2_KBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 84;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q2_KBlocks::decode);

    private Q2_KBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 80);
        float dmin = BlockFields.f16(block, at + 82);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int scales = BlockFields.u8(block, at + i / 16);
            int shift = i % 128 / 32 * 2;
            int n = BlockFields.u8(block, at + 16 + i / 128 * 32L + i % 32) >> shift & 3;
            target[first + i] = d * (scales & 0xF) * n - dmin * (scales >> 4);
        }
    }
}
