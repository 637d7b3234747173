package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q6_K: 256 weights of six bits; each 16 share an eight-bit scale.
 *
 * <p>Block layout, little-endian, 210 bytes: bytes 0-127 {@code ql}, the low four bits: each 64
 * bytes hold 128 weights, the low halves the first 64 of them; bytes 128-191 {@code qh}, the upper
 * two bits: each 32 bytes hold 128 weights, the lowest two bits of the bytes the first 32 of them;
 * bytes 192-207 {@code scales} (int8); bytes 208-209 {@code d} (binary16). {@code weight[i] = d *
 * scale * (n - 32)}. Source: ggml, {@code block_q6_K}.
 */
final class Q6_KBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 210;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q6_KBlocks::decode);
    static final BlockEncoder ENCODER =
            BlockEncoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q6_KBlocks::encode);

    private Q6_KBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 208);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int half = i / 128;
            int quarter = i % 128 / 32;
            int low = BlockFields.u8(block, at + 64L * half + i % 64) >> (quarter / 2 * 4) & 0xF;
            int high = BlockFields.u8(block, at + 128 + 32L * half + i % 32) >> (quarter * 2) & 3;
            int scale = BlockFields.i8(block, at + 192 + i / 16);
            target[first + i] = d * scale * ((low | high << 4) - 32);
        }
    }

    /** The numbers come from {@link SymmetricSuperBlock}. */
    private static void encode(float[] source, int first, MemorySegment block, long at) {
        SymmetricSuperBlock found = new SymmetricSuperBlock();
        found.search(source, first);
        for (int i = 0; i < BLOCK_WEIGHTS / 2; i++) {
            int start = i / 64 * 128 + i % 64;
            int low = (found.level(start) + 32) & 0xF;
            int high = (found.level(start + 64) + 32) & 0xF;
            BlockFields.putU8(block, at + i, low | high << 4);
        }
        for (int i = 0; i < BLOCK_WEIGHTS / 4; i++) {
            int start = i / 32 * 128 + i % 32;
            int qh = 0;
            for (int quarter = 0; quarter < 4; quarter++) {
                qh |= (found.level(start + 32 * quarter) + 32) >> 4 << (2 * quarter);
            }
            BlockFields.putU8(block, at + 128 + i, qh);
        }
        for (int group = 0; group < SymmetricSuperBlock.GROUPS; group++) {
            BlockFields.putU8(block, at + 192 + group, found.scale(group));
        }
        BlockFields.putF16(block, at + 208, found.d());
    }
}
