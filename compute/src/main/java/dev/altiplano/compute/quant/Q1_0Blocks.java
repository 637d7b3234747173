package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q1_0: 128 weights of one bit share one scale; a weight is plus or minus the scale.
 *
 * <p>Block layout, little-endian, 18 bytes: bytes 0-1 {@code d} (binary16), bytes 2-17 {@code
 * bits}, lowest bit first; {@code weight[i] = bit[i] ? d : -d}. Source: ggml, {@code block_q1_0}.
 */
final class Q1_0Blocks {
    static final int BLOCK_WEIGHTS = 128;
    static final int BLOCK_BYTES = 18;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q1_0Blocks::decode);

    private Q1_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            target[first + i] = BlockFields.bit(block, at + 2, i) == 1 ? d : -d;
        }
    }
}
