package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q5_1: 32 weights of five bits share a scale and a minimum.
 *
 * <p>Block layout, little-endian, 24 bytes: bytes 0-1 {@code d} (binary16), bytes 2-3 {@code m}
 * (binary16), bytes 4-7 {@code qh}, bit i is the fifth bit of weight i, bytes 8-23 {@code quants},
 * the other four bits: byte j holds weight j in its low and weight j + 16 in its high half; {@code
 * weight[i] = d * n + m}. Source: ggml, {@code block_q5_1}.
 */
final class Q5_1Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 24;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q5_1Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q5_1Blocks::encode);

    private Q5_1Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        float m = BlockFields.f16(block, at + 2);
        int qh = BlockFields.u32(block, at + 4);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 8 + i);
            int low = (pair & 0xF) | (qh >>> i & 1) << 4;
            int high = pair >> 4 | (qh >>> (i + 16) & 1) << 4;
            target[first + i] = d * low + m;
            target[first + i + 16] = d * high + m;
        }
    }

    /** The smallest weight becomes level 0, the largest level 31. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float minimum = Rounding.minimum(source, first, BLOCK_WEIGHTS);
        float d = (Rounding.maximum(source, first, BLOCK_WEIGHTS) - minimum) / 31;
        float inverse = Rounding.inverse(d);
        BlockFields.putF16(block, at, d);
        BlockFields.putF16(block, at + 2, minimum);
        int qh = 0;
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int low = Math.min(31, (int) ((source[first + i] - minimum) * inverse + 0.5f));
            int high = Math.min(31, (int) ((source[first + i + 16] - minimum) * inverse + 0.5f));
            BlockFields.putU8(block, at + 8 + i, (low & 0xF) | (high & 0xF) << 4);
            qh |= low >> 4 << i | high >> 4 << (i + 16);
        }
        BlockFields.putU32(block, at + 4, qh);
    }
}
