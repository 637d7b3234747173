package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ2_XXS: 256 weights, eight at a time a point of a grid with 256 points; signs apart.
 *
 * <p>Block layout, little-endian, 66 bytes: bytes 0-1 {@code d} (binary16); then eight bytes for
 * each 32 weights: four grid indices, and 32 bits with four times seven sign bits (see {@link
 * GridSigns#ofSeven}), the scale in the top four. {@code weight[i] = d * (scale + 1/2) / 4 * grid *
 * sign}. Source: ggml, {@code block_iq2_xxs}.
 */
final class IQ2_XXSBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 66;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ2_XXSBlocks::decode);

    private IQ2_XXSBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            long groupAt = at + 2 + i / 32 * 8L;
            int k = i % 32 / 8;
            int signsAndScale = BlockFields.u32(block, groupAt + 4);
            float scale = d * (0.5f + (signsAndScale >>> 28)) * 0.25f;
            int signs = GridSigns.ofSeven(signsAndScale >>> (7 * k) & 0x7F);
            int magnitude = Grid.IQ2_XXS.value(BlockFields.u8(block, groupAt + k), i % 8);
            target[first + i] = scale * magnitude * GridSigns.sign(signs, i % 8);
        }
    }
}
