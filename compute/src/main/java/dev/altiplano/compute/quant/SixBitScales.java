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
    static final int BYTES = 12;

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
}
