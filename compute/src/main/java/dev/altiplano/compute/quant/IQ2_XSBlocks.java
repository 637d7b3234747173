package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ2_XS: 256 weights, eight at a time a point of a grid with 512 points; each 16 share a scale.
 *
 * <p>Block layout, little-endian, 74 bytes: bytes 0-1 {@code d} (binary16); bytes 2-65 16 bits for
 * each eight weights: nine of grid index, seven of signs (see {@link GridSigns#ofSeven}); bytes
 * 66-73 four bits of scale for each 16 weights, low half first. {@code weight[i] = d * (scale +
 * 1/2) / 4 * grid * sign}. Source: ggml, {@code block_iq2_xs}.
 */
final class IQ2_XSBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 74;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ2_XSBlocks::decode);

    private IQ2_XSBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            float scale = d * (0.5f + BlockFields.nibble(block, at + 66, i / 16)) * 0.25f;
            int indexAndSigns = BlockFields.u16(block, at + 2 + i / 8 * 2L);
            int signs = GridSigns.ofSeven(indexAndSigns >> 9);
            int magnitude = Grid.IQ2_XS.value(indexAndSigns & 0x1FF, i % 8);
            target[first + i] = scale * magnitude * GridSigns.sign(signs, i % 8);
        }
    }
}
