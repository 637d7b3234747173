package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The floating-point formats without blocks, little-endian, each weight by itself: IEEE 754
 * binary64, binary32 and binary16, and bfloat16, which is the upper half of binary32.
 *
 * <p>Narrowing rounds to the nearest, ties to even; what is too large becomes an infinity and a NaN
 * stays a quiet NaN. Source of BF16: ggml, {@code ggml_compute_fp32_to_bf16}.
 */
final class FloatCodecs {
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private FloatCodecs() {}

    /** The nearest float of each double. */
    static void decodeF64(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            target[targetIndex + i] = (float) blocks.get(DOUBLE, offsetBytes + 8L * i);
        }
    }

    static void encodeF64(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights) {
        for (int i = 0; i < weights; i++) {
            blocks.set(DOUBLE, offsetBytes + 8L * i, source[sourceIndex + i]);
        }
    }

    static void decodeF32(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        MemorySegment.copy(blocks, FLOAT, offsetBytes, target, targetIndex, weights);
    }

    static void encodeF32(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights) {
        MemorySegment.copy(source, sourceIndex, blocks, FLOAT, offsetBytes, weights);
    }

    static void decodeF16(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            short bits = blocks.get(HALF, offsetBytes + 2L * i);
            target[targetIndex + i] = Float.float16ToFloat(bits);
        }
    }

    static void encodeF16(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights) {
        for (int i = 0; i < weights; i++) {
            short bits = Float.floatToFloat16(source[sourceIndex + i]);
            blocks.set(HALF, offsetBytes + 2L * i, bits);
        }
    }

    static void decodeBf16(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights) {
        for (int i = 0; i < weights; i++) {
            short bits = blocks.get(HALF, offsetBytes + 2L * i);
            target[targetIndex + i] = Float.intBitsToFloat(bits << 16);
        }
    }

    static void encodeBf16(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights) {
        for (int i = 0; i < weights; i++) {
            blocks.set(HALF, offsetBytes + 2L * i, toBf16(source[sourceIndex + i]));
        }
    }

    private static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        int lastKeptBit = bits >>> 16 & 1;
        return (short) ((bits + 0x7FFF + lastKeptBit) >>> 16);
    }
}
