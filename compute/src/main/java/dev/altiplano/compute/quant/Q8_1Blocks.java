package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q8_1: Q8_0 with the sum of the block beside the scale, made for activations.
 *
 * <p>Block layout, little-endian, 36 bytes: bytes 0-1 {@code d} (binary16), bytes 2-3 {@code s = d
 * * sum(quants)} (binary16, not needed to decode), bytes 4-35 {@code quants} (int8); {@code
 * weight[i] = d * quants[i]}. Source: ggml, {@code block_q8_1}.
 */
final class Q8_1Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 36;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q8_1Blocks::decode);

    private Q8_1Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            target[first + i] = d * BlockFields.i8(block, at + 4 + i);
        }
    }
}
