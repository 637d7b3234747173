package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ3_S: 256 weights, four at a time a point of a grid with 512 points; each 32 share a scale.
 *
 * <p>Block layout, little-endian, 110 bytes: bytes 0-1 {@code d} (binary16); bytes 2-65 the low
 * eight bits of a grid index for each four weights; bytes 66-73 the ninth bits, lowest first; bytes
 * 74-105 the signs, a bit for each weight; bytes 106-109 four bits of scale for each 32 weights,
 * low half first. {@code weight[i] = d * (2 * scale + 1) * grid * sign}. Source: ggml, {@code
 * block_iq3_s}.
 */
final class IQ3_SBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 110;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ3_SBlocks::decode);

    private IQ3_SBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int k = i / 4;
            float scale = d * (1 + 2 * BlockFields.nibble(block, at + 106, i / 32));
            int high = BlockFields.bit(block, at + 66, k);
            int magnitude = Grid.IQ3_S.value(BlockFields.u8(block, at + 2 + k) | high << 8, i % 4);
            int signs = BlockFields.u8(block, at + 74 + i / 8);
            target[first + i] = scale * magnitude * GridSigns.sign(signs, i % 8);
        }
    }
}
