package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q5_0: 32 weights of five bits share one scale; zero is a level.
 *
 * <p>Block layout, little-endian, 22 bytes: bytes 0-1 {@code d} (binary16), bytes 2-5 {@code qh},
 * bit i is the fifth bit of weight i, bytes 6-21 {@code quants}, the other four bits: byte j holds
 * weight j in its low and weight j + 16 in its high half; {@code weight[i] = d * (n - 16)}. Source:
 * ggml, {@code block_q5_0}.
 */
final class Q5_0Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 22;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q5_0Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q5_0Blocks::encode);

    private Q5_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        int qh = BlockFields.u32(block, at + 2);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 6 + i);
            int low = (pair & 0xF) | (qh >>> i & 1) << 4;
            int high = pair >> 4 | (qh >>> (i + 16) & 1) << 4;
            target[first + i] = d * (low - 16);
            target[first + i + 16] = d * (high - 16);
        }
    }

    /** The weight of the largest magnitude becomes level 0; the others the nearest level. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float d = Rounding.largest(source, first, BLOCK_WEIGHTS) / -16;
        float inverse = Rounding.inverse(d);
        BlockFields.putF16(block, at, d);
        int qh = 0;
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int low = Math.min(31, (int) (source[first + i] * inverse + 16.5f));
            int high = Math.min(31, (int) (source[first + i + 16] * inverse + 16.5f));
            BlockFields.putU8(block, at + 6 + i, (low & 0xF) | (high & 0xF) << 4);
            qh |= low >> 4 << i | high >> 4 << (i + 16);
        }
        BlockFields.putU32(block, at + 2, qh);
    }
}
