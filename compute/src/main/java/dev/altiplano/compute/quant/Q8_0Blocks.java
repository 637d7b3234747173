package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q8_0: 32 weights of eight bits share one scale.
 *
 * <p>Block layout, little-endian, 34 bytes: bytes 0-1 {@code d} (binary16), bytes 2-33 {@code
 * quants} (int8); {@code weight[i] = d * quants[i]}. Source: ggml, {@code block_q8_0}.
 */
final class Q8_0Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 34;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q8_0Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q8_0Blocks::encode);

    private Q8_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            target[first + i] = d * BlockFields.i8(block, at + 2 + i);
        }
    }

    /** The weight of the largest magnitude becomes 127 or -127. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float d = Math.abs(Rounding.largest(source, first, BLOCK_WEIGHTS)) / 127;
        float inverse = Rounding.inverse(d);
        BlockFields.putF16(block, at, d);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int quant = Rounding.halfAwayFromZero(source[first + i] * inverse);
            BlockFields.putU8(block, at + 2 + i, quant);
        }
    }
}
