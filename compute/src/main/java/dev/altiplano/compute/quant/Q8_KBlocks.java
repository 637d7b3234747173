package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q8_K: 256 weights of eight bits share one binary32 scale, made for activations.
 *
 * <p>Block layout, little-endian, 292 bytes: bytes 0-3 {@code d} (binary32), bytes 4-259 {@code
 * quants} (int8), bytes 260-291 the sums of the quants 16 by 16 (int16, not needed to decode);
 * {@code weight[i] = d * quants[i]}. Source: ggml, {@code block_q8_K}.
 */
final class Q8_KBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 292;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q8_KBlocks::decode);

    private Q8_KBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f32(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            target[first + i] = d * BlockFields.i8(block, at + 4 + i);
        }
    }
}
