package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The whole-number formats, little-endian two's complement except where a name says unsigned. They
 * hold indices and flags rather than weights; as floats, those beyond 2^24 are rounded to the
 * nearest.
 */
final class IntegerCodecs {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private IntegerCodecs() {}

    static void decodeI8(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = BlockFields.i8(blocks, offsetBytes + i);
        }
    }

    static void decodeU8(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = BlockFields.u8(blocks, offsetBytes + i);
        }
    }

    /** 0 for a zero byte, 1 for any other. */
    static void decodeBool(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = BlockFields.u8(blocks, offsetBytes + i) == 0 ? 0 : 1;
        }
    }

    static void decodeI16(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = blocks.get(SHORT, offsetBytes + 2L * i);
        }
    }

    static void decodeI32(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = blocks.get(INT, offsetBytes + 4L * i);
        }
    }

    static void decodeI64(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = blocks.get(LONG, offsetBytes + 8L * i);
        }
    }
}
