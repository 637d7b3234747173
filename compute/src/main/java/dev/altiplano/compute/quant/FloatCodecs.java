package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The formats without blocks: F32, F16 and BF16, little-endian, each weight by itself. */
final class FloatCodecs {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private FloatCodecs() {}

    static void decodeF32(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        MemorySegment.copy(blocks, FLOAT, offsetBytes, target, targetIndex, weights);
    }

    static void decodeF16(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            short bits = blocks.get(HALF, offsetBytes + 2L * i);
            target[targetIndex + i] = Float.float16ToFloat(bits);
        }
    }

    static void decodeBf16(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            short bits = blocks.get(HALF, offsetBytes + 2L * i);
            target[targetIndex + i] = Float.intBitsToFloat(bits << 16);
        }
    }
}
