package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q4_1: 32 weights of four bits share a scale and a minimum.
 *
 * <p>Block layout, little-endian, 20 bytes: bytes 0-1 {@code d} (binary16), bytes 2-3 {@code m}
 * (binary16), bytes 4-19 {@code quants}: byte j holds weight j in its low and weight j + 16 in its
 * high half; {@code weight[i] = d * n + m}. Source: ggml, {@code block_q4_1}.
 */
final class Q4_1Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 20;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_1Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_1Blocks::encode);

    private Q4_1Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        float m = BlockFields.f16(block, at + 2);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 4 + i);
            target[first + i] = d * (pair & 0xF) + m;
            target[first + i + 16] = d * (pair >> 4) + m;
        }
    }

    /** The smallest weight becomes level 0, the largest level 15. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float minimum = Rounding.minimum(source, first, BLOCK_WEIGHTS);
        float d = (Rounding.maximum(source, first, BLOCK_WEIGHTS) - minimum) / 15;
        float inverse = Rounding.inverse(d);
        BlockFields.putF16(block, at, d);
        BlockFields.putF16(block, at + 2, minimum);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int low = Math.min(15, (int) ((source[first + i] - minimum) * inverse + 0.5f));
            int high = Math.min(15, (int) ((source[first + i + 16] - minimum) * inverse + 0.5f));
            BlockFields.putU8(block, at + 4 + i, low | high << 4);
        }
    }
}
