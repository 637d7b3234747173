package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ4_NL: 32 weights of four bits share one scale; the 16 levels lie closer near zero.
 *
 * <p>Block layout, little-endian, 18 bytes: bytes 0-1 {@code d} (binary16), bytes 2-17 {@code
 * quants}: byte j holds weight j in its low and weight j + 16 in its high half; {@code weight[i] =
 * d * LEVELS[n]}. Source: ggml, {@code block_iq4_nl}, {@code kvalues_iq4nl}.
 */
final class IQ4_NLBlocks {
    static final int BLOCK_WEIGHTS = 32;
    static final int BLOCK_BYTES = 18;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ4_NLBlocks::decode);

    private static final int[] LEVELS = {
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
    };

    private IQ4_NLBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int pair = BlockFields.u8(block, at + 2 + i);
            target[first + i] = d * level(pair & 0xF);
            target[first + i + 16] = d * level(pair >> 4);
        }
    }

    /** What four bits stand for; IQ4_XS has the same levels. */
    static int level(int quant) {
        return LEVELS[quant];
    }
}
