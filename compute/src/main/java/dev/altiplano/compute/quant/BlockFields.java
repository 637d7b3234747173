package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads and writes the fields of a block, all little-endian and at any address. */
final class BlockFields {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BlockFields() {}

    static int i8(MemorySegment bytes, long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at);
    }

    static int u8(MemorySegment bytes, long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    static int u16(MemorySegment bytes, long at) {
        return bytes.get(SHORT, at) & 0xFFFF;
    }

    /** The four bytes as an int; shift with {@code >>>}. */
    static int u32(MemorySegment bytes, long at) {
        return bytes.get(INT, at);
    }

    static float f16(MemorySegment bytes, long at) {
        return Float.float16ToFloat(bytes.get(SHORT, at));
    }

    static float f32(MemorySegment bytes, long at) {
        return bytes.get(FLOAT, at);
    }

    /** Four bits: the low half of the byte where {@code index} is even, else the high half. */
    static int nibble(MemorySegment bytes, long at, int index) {
        return u8(bytes, at + index / 2) >> (4 * (index % 2)) & 0xF;
    }

    /** Bit {@code index} of a run of bytes, lowest bit first. */
    static int bit(MemorySegment bytes, long at, int index) {
        return u8(bytes, at + index / 8) >> index % 8 & 1;
    }

    static void putU8(MemorySegment bytes, long at, int value) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static void putU32(MemorySegment bytes, long at, int value) {
        bytes.set(INT, at, value);
    }

    static void putF32(MemorySegment bytes, long at, float value) {
        bytes.set(FLOAT, at, value);
    }

    static void putF16(MemorySegment bytes, long at, float value) {
        bytes.set(SHORT, at, Float.floatToFloat16(value));
    }
}
