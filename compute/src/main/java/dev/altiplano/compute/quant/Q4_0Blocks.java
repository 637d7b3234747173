package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q4_0: 32 weights of four bits share one scale; zero is a level.
 *
 * <p>Block layout, little-endian, 18 bytes: bytes 0-1 {@code d} (binary16), bytes 2-17 {@code
 * quants}: byte j holds weight j in its low and weight j + 16 in its high half; {@code weight[i] =
 * d * (n - 8)}. Source: ggml, {@code block_q4_0}.
 */
final class Q4_0Blocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 18;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_0Blocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_0Blocks::encode);

    private Q4_0Blocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 2 + i);
            target[first + i] = d * ((pair & 0xF) - 8);
            target[first + i + 16] = d * ((pair >> 4) - 8);
        }
    }

    /** The weight of the largest magnitude becomes level 0; the others the nearest level. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        float d = Rounding.largest(source, first, BLOCK_WEIGHTS) / -8;
        float inverse = Rounding.inverse(d);
        BlockFields.putF16(block, at, d);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int low = Math.min(15, (int) (source[first + i] * inverse + 8.5f));
            int high = Math.min(15, (int) (source[first + i + 16] * inverse + 8.5f));
            BlockFields.putU8(block, at + 2 + i, low | high << 4);
        }
    }
}
