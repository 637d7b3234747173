package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * IQ1_M: 256 weights, eight at a time a point of the grid of IQ1_S; each 16 share a scale.
 *
 * <p>Block layout, little-endian, 56 bytes: bytes 0-31 the low eight bits of a grid index for each
 * eight weights; bytes 32-47 four bits for each eight weights, low half first: the upper three bits
 * of the index, and whether to shift down; bytes 48-55 four times 16 bits: three bits of scale for
 * each 16 weights, and in the top four bits a quarter of {@code d} (binary16), the lowest quarter
 * first. {@code weight[i] = d * (2 * scale + 1) * (grid + shift)}, shift +1/8 or -1/8. Source:
 * ggml, {@code block_iq1_m}.
 */
final class IQ1_MBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 56;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, IQ1_MBlocks::decode);

    private IQ1_MBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = d(block, at + 48);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int k = i / 8;
            int scales = BlockFields.u16(block, at + 48 + i / 64 * 2L);
            float scale = d * (2 * (scales >> (i % 64 / 16 * 3) & 7) + 1);
            int qh = BlockFields.nibble(block, at + 32, k);
            float shift = (qh & 8) == 0 ? IQ1_SBlocks.SHIFT : -IQ1_SBlocks.SHIFT;
            int index = BlockFields.u8(block, at + k) | (qh & 7) << 8;
            target[first + i] = scale * (Grid.IQ1.value(index, i % 8) + shift);
        }
    }

    private static float d(MemorySegment block, long scalesAt) {
        int bits = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            bits |= BlockFields.u16(block, scalesAt + 2L * quarter) >> 12 << (4 * quarter);
        }
        return Float.float16ToFloat((short) bits);
    }
}
