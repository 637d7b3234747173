package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.signedBytes;
import static dev.altiplano.compute.VectorLanes.unsignedBytes;
import static dev.altiplano.compute.VectorLanes.unsignedShorts;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Decoders of the common weight formats: the same bits as the scalar ones of {@link TensorFormat},
 * whose classes describe the layouts; other formats go there. No multiply is fused with an add, as
 * the formats define the value with both roundings.
 *
 * <p>Every method reads at least one number of the segment with a plain {@code get}: where a mapped
 * file has been cut short, the JVM turns the fault into an {@link InternalError} only in compiled
 * code that holds such a read; code with vector loads alone would end the process (tried on JDK
 * 25.0.3).
 */
final class VectorDecoders {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final IntVector LANE = IntVector.zero(INTS).addIndex(1);

    /** Weights in a block of the small formats; their nibbles fill half as many bytes. */
    private static final int SMALL = 32;

    private static final int HALF = SMALL / 2;

    /** Weights in a block of the K formats. */
    private static final int LARGE = 256;

    private VectorDecoders() {}

    /** Decodes {@code weights} weights in whole blocks, as {@code format.decoder()} does. */
    static void decode(
            TensorFormat format,
            MemorySegment bytes,
            long offset,
            float[] target,
            int index,
            int weights) {
        switch (format) {
            case F16 -> f16(bytes, offset, target, index, weights);
            case BF16 -> bf16(bytes, offset, target, index, weights);
            case Q4_0 -> q4_0(bytes, offset, target, index, weights);
            case Q4_1 -> q4_1(bytes, offset, target, index, weights);
            case Q5_0 -> q5_0(bytes, offset, target, index, weights);
            case Q5_1 -> q5_1(bytes, offset, target, index, weights);
            case Q8_0 -> q8_0(bytes, offset, target, index, weights);
            case Q4_K -> q4_K(bytes, offset, target, index, weights);
            case Q5_K -> q5_K(bytes, offset, target, index, weights);
            case Q6_K -> q6_K(bytes, offset, target, index, weights);
            default -> format.decoder().decode(bytes, offset, target, index, weights);
        }
    }

    private static float half(MemorySegment bytes, long offset) {
        return Float.float16ToFloat(bytes.get(SHORT, offset));
    }

    private static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(I2F, 0);
    }

    private static IntVector lowNibbles(IntVector bytes) {
        return bytes.lanewise(AND, 0xF);
    }

    private static IntVector highNibbles(IntVector bytes) {
        return bytes.lanewise(LSHR, 4);
    }

    /** Bit {@code first + lane} of {@code bits}, moved to bit 4: the fifth bit of a quant. */
    private static IntVector fifthBits(int bits, int first) {
        return IntVector.broadcast(INTS, bits >>> first)
                .lanewise(LSHR, LANE)
                .lanewise(AND, 1)
                .lanewise(LSHL, 4);
    }

    private static void f16(MemorySegment bytes, long offset, float[] target, int index, int n) {
        for (int i = 0; i < n; i++) {
            target[index + i] = half(bytes, offset + 2L * i);
        }
    }

    private static void bf16(MemorySegment bytes, long offset, float[] target, int index, int n) {
        int bound = n - n % LANES;
        for (int i = 0; i < bound; i += LANES) {
            IntVector bits = unsignedShorts(bytes, offset + 2L * i).lanewise(LSHL, 16);
            bits.reinterpretAsFloats().intoArray(target, index + i);
        }
        for (int i = bound; i < n; i++) {
            int bits = bytes.get(SHORT, offset + 2L * i) << 16;
            target[index + i] = Float.intBitsToFloat(bits);
        }
        keepFaultsCatchable(bytes, offset, n);
    }

    /** See the class: a plain read that the compiler cannot drop, since it may throw. */
    private static void keepFaultsCatchable(MemorySegment bytes, long offset, int n) {
        if (n > 0) {
            bytes.get(SHORT, offset);
        }
    }

    private static void q4_0(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += SMALL, at += 18) {
            float d = half(bytes, at);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector pairs = unsignedBytes(bytes, at + 2 + j);
                floats(lowNibbles(pairs).sub(8)).mul(d).intoArray(target, i + j);
                floats(highNibbles(pairs).sub(8)).mul(d).intoArray(target, i + HALF + j);
            }
        }
    }

    private static void q4_1(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += SMALL, at += 20) {
            float d = half(bytes, at);
            float m = half(bytes, at + 2);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector pairs = unsignedBytes(bytes, at + 4 + j);
                floats(lowNibbles(pairs)).mul(d).add(m).intoArray(target, i + j);
                floats(highNibbles(pairs)).mul(d).add(m).intoArray(target, i + HALF + j);
            }
        }
    }

    private static void q5_0(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += SMALL, at += 22) {
            float d = half(bytes, at);
            int fifth = bytes.get(INT, at + 2);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector pairs = unsignedBytes(bytes, at + 6 + j);
                IntVector low = lowNibbles(pairs).lanewise(OR, fifthBits(fifth, j));
                IntVector high = highNibbles(pairs).lanewise(OR, fifthBits(fifth, HALF + j));
                floats(low.sub(16)).mul(d).intoArray(target, i + j);
                floats(high.sub(16)).mul(d).intoArray(target, i + HALF + j);
            }
        }
    }

    private static void q5_1(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += SMALL, at += 24) {
            float d = half(bytes, at);
            float m = half(bytes, at + 2);
            int fifth = bytes.get(INT, at + 4);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector pairs = unsignedBytes(bytes, at + 8 + j);
                IntVector low = lowNibbles(pairs).lanewise(OR, fifthBits(fifth, j));
                IntVector high = highNibbles(pairs).lanewise(OR, fifthBits(fifth, HALF + j));
                floats(low).mul(d).add(m).intoArray(target, i + j);
                floats(high).mul(d).add(m).intoArray(target, i + HALF + j);
            }
        }
    }

    private static void q8_0(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += SMALL, at += 34) {
            float d = half(bytes, at);
            for (int j = 0; j < SMALL; j += LANES) {
                IntVector quants = signedBytes(bytes, at + 2 + j);
                floats(quants).mul(d).intoArray(target, i + j);
            }
        }
    }

    private static void q4_K(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += LARGE, at += 144) {
            float d = half(bytes, at);
            float dmin = half(bytes, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                float lowScale = d * scale(bytes, at + 4, 2 * pair);
                float lowMinimum = dmin * minimum(bytes, at + 4, 2 * pair);
                float highScale = d * scale(bytes, at + 4, 2 * pair + 1);
                float highMinimum = dmin * minimum(bytes, at + 4, 2 * pair + 1);
                int to = i + 64 * pair;
                for (int j = 0; j < 32; j += LANES) {
                    IntVector quants = unsignedBytes(bytes, at + 16 + 32L * pair + j);
                    FloatVector low = floats(lowNibbles(quants)).mul(lowScale);
                    FloatVector high = floats(highNibbles(quants)).mul(highScale);
                    low.sub(lowMinimum).intoArray(target, to + j);
                    high.sub(highMinimum).intoArray(target, to + 32 + j);
                }
            }
        }
    }

    private static void q5_K(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += LARGE, at += 176) {
            float d = half(bytes, at);
            float dmin = half(bytes, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                float lowScale = d * scale(bytes, at + 4, 2 * pair);
                float lowMinimum = dmin * minimum(bytes, at + 4, 2 * pair);
                float highScale = d * scale(bytes, at + 4, 2 * pair + 1);
                float highMinimum = dmin * minimum(bytes, at + 4, 2 * pair + 1);
                int to = i + 64 * pair;
                for (int j = 0; j < 32; j += LANES) {
                    IntVector quants = unsignedBytes(bytes, at + 48 + 32L * pair + j);
                    IntVector fifth = unsignedBytes(bytes, at + 16 + j).lanewise(LSHR, 2 * pair);
                    IntVector lowFifth = fifth.lanewise(AND, 1).lanewise(LSHL, 4);
                    IntVector highFifth = fifth.lanewise(AND, 2).lanewise(LSHL, 3);
                    IntVector low = lowNibbles(quants).lanewise(OR, lowFifth);
                    IntVector high = highNibbles(quants).lanewise(OR, highFifth);
                    floats(low).mul(lowScale).sub(lowMinimum).intoArray(target, to + j);
                    floats(high).mul(highScale).sub(highMinimum).intoArray(target, to + 32 + j);
                }
            }
        }
    }

    /** The eight six-bit scales of Q4_K and Q5_K; see {@code SixBitScales}. */
    private static int scale(MemorySegment bytes, long at, int group) {
        long low = bytes.get(LONG, at);
        if (group < 4) {
            return (int) (low >>> (8 * group)) & 63;
        }
        int shift = 8 * (group - 4);
        int upper = bytes.get(INT, at + 8);
        return (upper >>> shift & 0xF) | (int) (low >>> (shift + 6) & 3) << 4;
    }

    private static int minimum(MemorySegment bytes, long at, int group) {
        long low = bytes.get(LONG, at);
        if (group < 4) {
            return (int) (low >>> (32 + 8 * group)) & 63;
        }
        int shift = 8 * (group - 4);
        int upper = bytes.get(INT, at + 8);
        return (upper >>> (shift + 4) & 0xF) | (int) (low >>> (shift + 38) & 3) << 4;
    }

    private static void q6_K(MemorySegment bytes, long offset, float[] target, int index, int n) {
        long at = offset;
        for (int i = index; i < index + n; i += LARGE, at += 210) {
            float d = half(bytes, at + 208);
            for (int half = 0; half < 2; half++) {
                long scales = at + 192 + 8L * half;
                long upper = at + 128 + 32L * half;
                for (int pair = 0; pair < 2; pair++) {
                    long low = at + 64L * half + 32L * pair;
                    long first = scales + 2L * pair;
                    int to = i + 128 * half + 32 * pair;
                    sixBits(bytes, low, 0, upper, 2 * pair, d, first, target, to);
                    sixBits(bytes, low, 4, upper, 2 * pair + 4, d, first + 4, target, to + 64);
                }
            }
        }
    }

    /**
     * 32 weights: four low bits of each, two upper ones, and a scale for every 16; the levels are
     * centred on zero. The bits begin at {@code lowShift} and {@code upperShift} of their bytes.
     * Few vectors live at once here, so the compiler keeps them all in registers.
     */
    private static void sixBits(
            MemorySegment bytes,
            long low,
            int lowShift,
            long upper,
            int upperShift,
            float d,
            long scales,
            float[] target,
            int to) {
        for (int j = 0; j < 32; j += LANES) {
            float scale = d * bytes.get(ValueLayout.JAVA_BYTE, scales + j / 16);
            IntVector level =
                    unsignedBytes(bytes, upper + j)
                            .lanewise(LSHR, upperShift)
                            .lanewise(AND, 3)
                            .lanewise(LSHL, 4)
                            .lanewise(
                                    OR,
                                    unsignedBytes(bytes, low + j)
                                            .lanewise(LSHR, lowShift)
                                            .lanewise(AND, 0xF));
            floats(level.sub(32)).mul(scale).intoArray(target, to + j);
        }
    }
}
