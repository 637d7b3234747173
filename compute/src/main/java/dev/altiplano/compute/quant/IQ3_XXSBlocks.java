package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ3_XXS: 256 weights, four at a time a point of a grid with 256 points; signs apart.
 *
 * <p>Block layout, little-endian, 98 bytes: bytes 0-1 {@code d} (binary16); bytes 2-65 a grid index
 * for each four weights; bytes 66-97 32 bits for each 32 weights: four times seven sign bits (see
 * {@link GridSigns#ofSeven}), the scale in the top four. {@code weight[i] = d * (scale + 1/2) / 2 *
 * grid * sign}. Source: ggml, {@code block_iq3_xxs}.
 */
final class IQ3_XXSBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 98;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ3_XXSBlocks::decode);

    private IQ3_XXSBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int signsAndScale = BlockFields.u32(block, at + 66 + i / 32 * 4L);
            float scale = d * (0.5f + (signsAndScale >>> 28)) * 0.5f;
            int signs = GridSigns.ofSeven(signsAndScale >>> (i % 32 / 8 * 7) & 0x7F);
            int magnitude = Grid.IQ3_XXS.value(BlockFields.u8(block, at + 2 + i / 4), i % 4);
            target[first + i] = scale * magnitude * GridSigns.sign(signs, i % 8);
        }
    }
}
