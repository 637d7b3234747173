package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q4_K: 256 weights of four bits; each 32 share a six-bit scale and a six-bit minimum.
 *
 * <p>Block layout, little-endian, 144 bytes: bytes 0-1 {@code d}, bytes 2-3 {@code dmin}
 * (binary16); bytes 4-15 {@link SixBitScales}; bytes 16-143 {@code quants}: each 32 bytes hold 64
 * weights, the low halves the first 32 of them. {@code weight[i] = d * scale * n - dmin * minimum}.
 * Source: ggml, {@code block_q4_K}.
 */
final class Q4_KBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 144;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_KBlocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q4_KBlocks::encode);

    private Q4_KBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at);
        float dmin = BlockFields.f16(block, at + 2);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int group = i / 32;
            int n = BlockFields.u8(block, at + 16 + i / 64 * 32L + i % 32) >> (group % 2 * 4) & 0xF;
            float scale = d * SixBitScales.scale(block, at + 4, group);
            float minimum = dmin * SixBitScales.minimum(block, at + 4, group);
            target[first + i] = scale * n - minimum;
        }
    }

    /** The numbers come from {@link AffineSuperBlock}. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        AffineSuperBlock found = new AffineSuperBlock(15);
        found.search(source, first);
        BlockFields.putF16(block, at, found.d());
        BlockFields.putF16(block, at + 2, found.dmin());
        SixBitScales.put(found, block, at + 4);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int start = i / 32 * 64 + i % 32;
            BlockFields.putU8(
                    block, at + 16 + i, found.level(start) | found.level(start + 32) << 4);
        }
    }
}
