package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ2_S: 256 weights, eight at a time a point of a grid with 1024 points; each 16 share a scale.
 *
 * <p>Block layout, little-endian, 82 bytes: bytes 0-1 {@code d} (binary16); bytes 2-33 the low
 * eight bits of a grid index for each eight weights; bytes 34-65 their signs, a bit for each
 * weight; bytes 66-73 the upper two bits of the grid indices, lowest first; bytes 74-81 four bits
 * of scale for each 16 weights, low half first. {@code weight[i] = d * (scale + 1/2) / 4 * grid *
 * sign}. Source: ggml, {@code block_iq2_s}.
 */
final class IQ2_SBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 82;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ2_SBlocks::decode);

    private IQ2_SBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int k = i / 8;
            float scale = d * (0.5f + BlockFields.nibble(block, at + 74, i / 16)) * 0.25f;
            int high = BlockFields.u8(block, at + 66 + k / 4) >> (k % 4 * 2) & 3;
            int magnitude = Grid.IQ2_S.value(BlockFields.u8(block, at + 2 + k) | high << 8, i % 8);
            int signs = BlockFields.u8(block, at + 34 + k);
            target[first + i] = scale * magnitude * GridSigns.sign(signs, i % 8);
        }
    }
}
