package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Q3_K: 256 weights of three bits; each 16 share a six-bit scale.
 *
 * <p>Block layout, little-endian, 110 bytes: bytes 0-31 {@code hmask}, bit i / 32 of byte i % 32 is
 * the highest bit of weight i; bytes 32-95 {@code quants}, the other two bits, packed as in Q2_K;
 * bytes 96-107 {@code scales}; bytes 108-109 {@code d} (binary16). {@code weight[i] = d * (scale -
 * 32) * (n - 4)}, n with its highest bit. The scale of 16 weights k has its low four bits in byte k
 * % 8 (low half for k below 8), the upper two in byte 8 + k % 4. Source: ggml, {@code block_q3_K}.
 */
final class Q3_KBlocks {
    static final int BLOCK_WEIGHTS = 256;
    static final int BLOCK_BYTES = 110;
    static final BlockDecoder DECODER =
            BlockDecoder.blockwise(BLOCK_WEIGHTS, BLOCK_BYTES, Q3_KBlocks::decode);

    private Q3_KBlocks() {}

    private static void decode(MemorySegment block, long at, float[] target, int first) {
        float d = BlockFields.f16(block, at + 108);
        for (int i = 0; i < BLOCK_WEIGHTS; i++) {
            int shift = i % 128 / 32 * 2;
            int low = BlockFields.u8(block, at + 32 + i / 128 * 32L + i % 32) >> shift & 3;
            int high = BlockFields.u8(block, at + i % 32) >> (i / 32) & 1;
            target[first + i] = d * (scale(block, at + 96, i / 16) - 32) * (low + 4 * high - 4);
        }
    }

    private static int scale(MemorySegment block, long scalesAt, int k) {
        int low = BlockFields.u8(block, scalesAt + k % 8) >> (k / 8 * 4) & 0xF;
        int high = BlockFields.u8(block, scalesAt + 8 + k % 4) >> (k / 4 * 2) & 3;
        return low | high << 4;
    }
}
