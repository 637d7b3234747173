package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.halves;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Takes panels of the common quantised formats apart into a {@link VectorSection}, once at the
 * start. The bytes lie as {@code PanelLayout} says: a block's fields in the order of the format,
 * element after element, each for all rows. A word is four neighbouring bytes of each row, so a
 * shift and a mask of 16-bit numbers leave a pair of quants.
 *
 * <p>Quants of 4 bits stay 0 to 15. Those of 5 and 6 bits are centred on zero, so that sums of
 * their products fit 16 bits; the minimum makes up for it where the format does not mean them so.
 */
final class VectorUnpackers {
    private static final long HALF_BYTES = (long) Short.BYTES * LANES;
    private static final long WORD_BYTES = (long) Integer.BYTES * LANES;

    /** Ints of the pairs of 32 inputs. */
    private static final int GROUP = VectorSection.PAIR_INTS;

    private static final int NIBBLES = 0x000F_000F;
    private static final int BITS = 0x0001_0001;
    private static final int TWO_BITS = 0x0003_0003;

    private VectorUnpackers() {}

    /** Whether products can take {@code format} in this way. */
    static boolean knows(TensorFormat format) {
        return switch (format) {
            case Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K -> true;
            default -> false;
        };
    }

    /** Unpacks {@code blocks} blocks of the panel at {@code at}. */
    static void unpack(
            TensorFormat format, MemorySegment panel, long at, int blocks, VectorSection section) {
        long blockBytes = (long) format.blockBytes() * LANES;
        int blockQuants = format.blockWeights() / 2 * LANES;
        int blockScales = format.blockWeights() / VectorPanels.groupInputs(format) * LANES;
        for (int block = 0; block < blocks; block++) {
            long from = at + block * blockBytes;
            int quants = block * blockQuants;
            int scales = block * blockScales;
            switch (format) {
                case Q4_0 -> q4_0(panel, from, section, quants, scales);
                case Q4_1 -> q4_1(panel, from, section, quants, scales);
                case Q5_0 -> q5_0(panel, from, section, quants, scales);
                case Q5_1 -> q5_1(panel, from, section, quants, scales);
                case Q4_K -> q4_K(panel, from, section, quants, scales);
                case Q5_K -> q5_K(panel, from, section, quants, scales);
                case Q6_K -> q6_K(panel, from, section, quants, scales);
                default -> throw new IllegalArgumentException("no panels of " + format);
            }
        }
    }

    private static IntVector words(MemorySegment panels, long at) {
        return IntVector.fromMemorySegment(INTS, panels, at, ByteOrder.LITTLE_ENDIAN);
    }

    /** Less {@code zero} in each half. */
    private static IntVector centred(IntVector pairs, int zero) {
        return pairs.reinterpretAsShorts().sub((short) zero).reinterpretAsInts();
    }

    private static void q4_0(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        halves(panels, at).intoArray(section.scales, scales);
        nibbles(panels, at + HALF_BYTES, 4, section.quants, quants, quants + GROUP / 2);
    }

    private static void q4_1(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        halves(panels, at).intoArray(section.scales, scales);
        halves(panels, at + HALF_BYTES).intoArray(section.minimums, scales);
        nibbles(panels, at + 2 * HALF_BYTES, 4, section.quants, quants, quants + GROUP / 2);
    }

    /** The low nibbles of {@code count} words from {@code low} on, the others from {@code high}. */
    private static void nibbles(
            MemorySegment panels, long at, int count, int[] target, int low, int high) {
        for (int word = 0; word < count; word++) {
            IntVector w = words(panels, at + word * WORD_BYTES);
            int to = 2 * word * LANES;
            w.lanewise(AND, NIBBLES).intoArray(target, low + to);
            w.lanewise(LSHR, 4).lanewise(AND, NIBBLES).intoArray(target, high + to);
            w.lanewise(LSHR, 8).lanewise(AND, NIBBLES).intoArray(target, low + to + LANES);
            w.lanewise(LSHR, 12).lanewise(AND, NIBBLES).intoArray(target, high + to + LANES);
        }
    }

    private static void q5_0(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        halves(panels, at).intoArray(section.scales, scales);
        fiveBits(panels, at + HALF_BYTES, 0, section.quants, quants);
        fiveBits(panels, at + HALF_BYTES, 4, section.quants, quants + GROUP / 2);
    }

    private static void q5_1(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        FloatVector scale = halves(panels, at);
        scale.intoArray(section.scales, scales);
        FloatVector minimum = halves(panels, at + HALF_BYTES);
        scale.mul(16).add(minimum).intoArray(section.minimums, scales);
        fiveBits(panels, at + 2 * HALF_BYTES, 0, section.quants, quants);
        fiveBits(panels, at + 2 * HALF_BYTES, 4, section.quants, quants + GROUP / 2);
    }

    /**
     * Half a block: a word of fifth bits, one for each quant of the block in order, then four words
     * with the other four bits, {@code shift} bits from the lowest.
     */
    private static void fiveBits(
            MemorySegment panels, long at, int shift, int[] target, int index) {
        for (int word = 0; word < 4; word++) {
            IntVector bits = words(panels, at).lanewise(LSHR, 4 * (shift + word));
            IntVector even =
                    bits.lanewise(AND, 1).lanewise(OR, bits.lanewise(AND, 4).lanewise(LSHL, 14));
            IntVector odd =
                    bits.lanewise(LSHR, 1)
                            .lanewise(AND, 1)
                            .lanewise(OR, bits.lanewise(AND, 8).lanewise(LSHL, 13));
            IntVector w = words(panels, at + (1 + word) * WORD_BYTES).lanewise(LSHR, shift);
            int to = index + 2 * word * LANES;
            IntVector low = w.lanewise(AND, NIBBLES).lanewise(OR, even.lanewise(LSHL, 4));
            centred(low, 16).intoArray(target, to);
            IntVector high =
                    w.lanewise(LSHR, 8).lanewise(AND, NIBBLES).lanewise(OR, odd.lanewise(LSHL, 4));
            centred(high, 16).intoArray(target, to + LANES);
        }
    }

    private static void q4_K(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        sixBitScales(panels, at, section, scales);
        long words = at + 2 * HALF_BYTES + 3 * WORD_BYTES;
        for (int pair = 0; pair < 4; pair++) {
            int low = quants + 2 * pair * GROUP;
            nibbles(panels, words + 8L * pair * WORD_BYTES, 8, section.quants, low, low + GROUP);
        }
    }

    private static void q5_K(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        sixBitScales(panels, at, section, scales);
        long fifth = at + 2 * HALF_BYTES + 3 * WORD_BYTES;
        long words = fifth + 8 * WORD_BYTES;
        for (int group = 0; group < 8; group++) {
            long from = words + group / 2 * 8L * WORD_BYTES;
            int to = quants + group * GROUP;
            fiveBitsOfGroup(panels, fifth, group, from, group % 2 * 4, section.quants, to);
            addCentre(section, scales + group * LANES);
        }
    }

    /** Quants are centred on zero: 16 scales more are added to each weight. */
    private static void addCentre(VectorSection section, int at) {
        FloatVector scale = FloatVector.fromArray(FLOATS, section.scales, at);
        FloatVector minimum = FloatVector.fromArray(FLOATS, section.minimums, at);
        scale.mul(16).add(minimum).intoArray(section.minimums, at);
    }

    /** 32 quants: bit {@code bit} of each byte of eight words is the fifth one. */
    private static void fiveBitsOfGroup(
            MemorySegment panels,
            long fifth,
            int bit,
            long from,
            int shift,
            int[] target,
            int index) {
        for (int word = 0; word < 8; word++) {
            IntVector bits = words(panels, fifth + word * WORD_BYTES).lanewise(LSHR, bit);
            IntVector w = words(panels, from + word * WORD_BYTES).lanewise(LSHR, shift);
            IntVector even = bits.lanewise(AND, BITS).lanewise(LSHL, 4);
            IntVector odd = bits.lanewise(LSHR, 8).lanewise(AND, BITS).lanewise(LSHL, 4);
            int to = index + 2 * word * LANES;
            centred(w.lanewise(AND, NIBBLES).lanewise(OR, even), 16).intoArray(target, to);
            IntVector low = w.lanewise(LSHR, 8).lanewise(AND, NIBBLES);
            centred(low.lanewise(OR, odd), 16).intoArray(target, to + LANES);
        }
    }

    /**
     * Scales and minimums of the eight groups of a block: d, dmin, then three words as {@code
     * SixBitScales} has them.
     */
    private static void sixBitScales(
            MemorySegment panels, long at, VectorSection section, int scales) {
        long words = at + 2 * HALF_BYTES;
        FloatVector d = halves(panels, at);
        FloatVector dmin = halves(panels, at + HALF_BYTES).neg();
        sixBits(panels, words, 0, d, section.scales, scales);
        sixBits(panels, words, 4, dmin, section.minimums, scales);
    }

    /**
     * @param shift of the upper four groups' low bits in the last word; the first word is that of
     *     the scales for 0, and the second that of the minimums for 4
     */
    private static void sixBits(
            MemorySegment panels,
            long at,
            int shift,
            FloatVector factor,
            float[] target,
            int index) {
        for (int group = 0; group < 4; group++) {
            IntVector first = words(panels, at + shift / 4 * WORD_BYTES).lanewise(LSHR, 8 * group);
            IntVector last = words(panels, at + 2 * WORD_BYTES).lanewise(LSHR, 8 * group + shift);
            IntVector upper = first.lanewise(LSHR, 2).lanewise(AND, 0x30);
            floats(first.lanewise(AND, 63)).mul(factor).intoArray(target, index + group * LANES);
            floats(last.lanewise(AND, 15).lanewise(OR, upper))
                    .mul(factor)
                    .intoArray(target, index + (group + 4) * LANES);
        }
    }

    private static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(I2F, 0);
    }

    /** 32 words of four bits, 16 of two, 4 of scales, then d: see {@code Q6_KBlocks}. */
    private static void q6_K(
            MemorySegment panels, long at, VectorSection section, int quants, int scales) {
        FloatVector d = halves(panels, at + 52 * WORD_BYTES);
        for (int i = 0; i < 16; i++) {
            IntVector w = words(panels, at + (48 + i / 4) * WORD_BYTES);
            IntVector scale = w.lanewise(LSHL, 24 - 8 * (i % 4)).lanewise(ASHR, 24);
            floats(scale).mul(d).intoArray(section.scales, scales + i * LANES);
        }
        for (int group = 0; group < 8; group++) {
            int quarter = group % 4;
            long low = at + (16L * (group / 4) + 8L * (quarter % 2)) * WORD_BYTES;
            long upper = at + (32L + 8L * (group / 4)) * WORD_BYTES;
            int to = quants + group * GROUP;
            sixBitQuants(panels, low, quarter / 2 * 4, upper, 2 * quarter, section.quants, to);
        }
    }

    /** 32 quants: eight words with their low bits, eight with their upper two. */
    private static void sixBitQuants(
            MemorySegment panels,
            long low,
            int lowShift,
            long upper,
            int upperShift,
            int[] target,
            int index) {
        for (int word = 0; word < 8; word++) {
            IntVector w = words(panels, low + word * WORD_BYTES).lanewise(LSHR, lowShift);
            IntVector u = words(panels, upper + word * WORD_BYTES).lanewise(LSHR, upperShift);
            IntVector even = u.lanewise(AND, TWO_BITS).lanewise(LSHL, 4);
            IntVector odd = u.lanewise(LSHR, 8).lanewise(AND, TWO_BITS).lanewise(LSHL, 4);
            int to = index + 2 * word * LANES;
            centred(w.lanewise(AND, NIBBLES).lanewise(OR, even), 32).intoArray(target, to);
            IntVector second = w.lanewise(LSHR, 8).lanewise(AND, NIBBLES);
            centred(second.lanewise(OR, odd), 32).intoArray(target, to + LANES);
        }
    }
}
