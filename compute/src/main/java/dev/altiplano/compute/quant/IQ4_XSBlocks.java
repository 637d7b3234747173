package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ4_XS: 256 weights of four bits with the levels of IQ4_NL; each 32 share a six-bit scale.
 *
 * <p>Block layout, little-endian, 136 bytes: bytes 0-1 {@code d} (binary16); bytes 2-3 the upper
 * two bits of the eight scales, lowest bits first; bytes 4-7 their low four bits, low half first;
 * bytes 8-135 {@code quants}: each 16 bytes hold 32 weights, the low halves the first 16 of them.
 * {@code weight[i] = d * (scale - 32) * level[n]}. Source: ggml, {@code block_iq4_xs}.
 */
final class IQ4_XSBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 136;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ4_XSBlocks::decode);

    private IQ4_XSBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        int scalesHigh = BlockFields.u16(block, at + 2);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int group = i / 32;
            int scale =
                    BlockFields.nibble(block, at + 4, group) | (scalesHigh >> (2 * group) & 3) << 4;
            int n = BlockFields.u8(block, at + 8 + 16L * group + i % 16) >> (i % 32 / 16 * 4) & 0xF;
            target[first + i] = d * (scale - 32) * IQ4_NLBlocks.level(n);
        }
    }
}
