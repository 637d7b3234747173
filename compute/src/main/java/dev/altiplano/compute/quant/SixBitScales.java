package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * The eight scales and eight minimums of a Q4_K or Q5_K block, six bits each in 12 bytes.
 *
 * <p>Bytes 0-3 hold scales 0-3 and bytes 4-7 minimums 0-3 in their low six bits. Bytes 8-11 hold
 * the low four bits of scales 4-7 (low half) and of minimums 4-7 (high half); their upper two bits
 * are the top bits of bytes 0-3 and of bytes 4-7. Source: ggml, {@code get_scale_min_k4}.
 */
final class SixBitScales {
    static final int GROUPS = 8;

    private SixBitScales() {}

    static int scale(MemorySegment block, long scalesAt, int group) {
        return group < 4
                ? BlockFields.u8(block, scalesAt + group) & 63
                : (BlockFields.u8(block, scalesAt + group + 4) & 0xF)
                        | BlockFields.u8(block, scalesAt + group - 4) >> 6 << 4;
    }

    static int minimum(MemorySegment block, long scalesAt, int group) {
        return group < 4
                ? BlockFields.u8(block, scalesAt + group + 4) & 63
                : BlockFields.u8(block, scalesAt + group + 4) >> 4
                        | BlockFields.u8(block, scalesAt + group) >> 6 << 4;
    }

    /** Writes the 12 bytes of the scales and minimums that were found. */
    static void put(AffineSuperBlock found, MemorySegment block, long scalesAt) {
        for (int k = 0; k < 4; k++) {
            int scale = found.scale(k + 4);
            int minimum = found.minimum(k + 4);
            BlockFields.putU8(block, scalesAt + k, found.scale(k) | scale >> 4 << 6);
            BlockFields.putU8(block, scalesAt + 4 + k, found.minimum(k) | minimum >> 4 << 6);
            BlockFields.putU8(block, scalesAt + 8 + k, (scale & 0xF) | (minimum & 0xF) << 4);
        }
    }
}
