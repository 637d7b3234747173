package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ1_S: 256 weights, eight at a time a point of a grid of -1, 0, 1 with 2048 points, shifted.
 *
 * <p>Block layout, little-endian, 50 bytes: bytes 0-1 {@code d} (binary16); bytes 2-33 the low
 * eight bits of a grid index for each eight weights; bytes 34-49 16 bits for each 32 weights: four
 * times the upper three bits of an index, three bits of scale, and whether to shift down. {@code
 * weight[i] = d * (2 * scale + 1) * (grid + shift)}, shift +1/8 or -1/8. Source: ggml, {@code
 * block_iq1_s}.
 */
final class IQ1_SBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 50;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ1_SBlocks::decode);

    /** IQ1_M has the same. */
    static final float SHIFT = 0.125f;

    private IQ1_SBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int k = i / 8;
            int qh = BlockFields.u16(block, at + 34 + i / 32 * 2L);
            float scale = d * (2 * (qh >> 12 & 7) + 1);
            float shift = (qh & 0x8000) == 0 ? SHIFT : -SHIFT;
            int index = BlockFields.u8(block, at + 2 + k) | (qh >> (k % 4 * 3) & 7) << 8;
            target[first + i] = scale * (Grid.IQ1.value(index, i % 8) + shift);
        }
    }
}
