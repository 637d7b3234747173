package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorPanels.FIVE_BIT_CENTRE;
import static dev.altiplano.compute.VectorPanels.NIBBLE_CENTRE;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Takes panels of the common quantised formats apart into a {@link VectorSection}, once at the
 * start. The bytes lie as {@code PanelLayout} says: a block's fields in the order of the format,
 * element after element, each for all rows. A word is four neighbouring bytes of each row, so a
 * shift and a mask of 16-bit numbers leave a pair of quants.
 *
 * <p>Quants stay as they are: 0 to 15, 31 or 63, or a byte with its sign. {@link
 * VectorPanels#centre} is taken off them later; where the format does not mean it so, the minimum
 * makes up for that.
 *
 * <p>Plain loops over the lanes: this runs once, when vector operations would still be interpreted
 * and slow.
 */
final class VectorUnpackers {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long HALF_BYTES = (long) Short.BYTES * LANES;
    private static final long WORD_BYTES = (long) Integer.BYTES * LANES;

    /** Ints of the pairs of 32 inputs. */
    private static final int GROUP = VectorSection.PAIR_INTS;

    private static final int NIBBLES = 0x000F_000F;
    private static final int EVEN_BYTES = 0x00FF_00FF;
    private static final int BITS = 0x0001_0001;
    private static final int TWO_BITS = 0x0003_0003;

    private VectorUnpackers() {}

    /** Whether products can take {@code format} in this way. */
    static boolean knows(TensorFormat format) {
        return switch (format) {
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K -> true;
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
                case Q8_0 -> q8_0(panel, from, section, quants, scales);
                case Q4_K -> q4_K(panel, from, section, quants, scales);
                case Q5_K -> q5_K(panel, from, section, quants, scales);
                case Q6_K -> q6_K(panel, from, section, quants, scales);
                default -> throw new IllegalArgumentException("no panels of " + format);
            }
        }
    }

    private static int word(MemorySegment panel, long words, int word, int lane) {
        return panel.get(INT, words + word * WORD_BYTES + (long) lane * Integer.BYTES);
    }

    private static float half(MemorySegment panel, long at, int lane) {
        return Float.float16ToFloat(panel.get(SHORT, at + (long) lane * Short.BYTES));
    }

    private static void halves(MemorySegment panel, long at, float[] target, int index) {
        for (int lane = 0; lane < LANES; lane++) {
            target[index + lane] = half(panel, at, lane);
        }
    }

    private static void q4_0(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        halves(panel, at, section.scales, scales);
        nibbles(panel, at + HALF_BYTES, 4, section.quants, quants, quants + GROUP / 2);
    }

    private static void q4_1(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        halves(panel, at, section.scales, scales);
        halves(panel, at + HALF_BYTES, section.minimums, scales);
        addCentre(section, scales, NIBBLE_CENTRE);
        nibbles(panel, at + 2 * HALF_BYTES, 4, section.quants, quants, quants + GROUP / 2);
    }

    /** The low nibbles of {@code count} words from {@code low} on, the others from {@code high}. */
    private static void nibbles(
            MemorySegment panel, long words, int count, int[] target, int low, int high) {
        for (int word = 0; word < count; word++) {
            int to = 2 * word * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                int w = word(panel, words, word, lane);
                target[low + to + lane] = w & NIBBLES;
                target[high + to + lane] = (w >>> 4) & NIBBLES;
                target[low + to + LANES + lane] = (w >>> 8) & NIBBLES;
                target[high + to + LANES + lane] = (w >>> 12) & NIBBLES;
            }
        }
    }

    private static void q5_0(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        halves(panel, at, section.scales, scales);
        fiveBits(panel, at + HALF_BYTES, 0, section.quants, quants);
        fiveBits(panel, at + HALF_BYTES, 4, section.quants, quants + GROUP / 2);
    }

    private static void q5_1(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        halves(panel, at, section.scales, scales);
        halves(panel, at + HALF_BYTES, section.minimums, scales);
        addCentre(section, scales, FIVE_BIT_CENTRE);
        fiveBits(panel, at + 2 * HALF_BYTES, 0, section.quants, quants);
        fiveBits(panel, at + 2 * HALF_BYTES, 4, section.quants, quants + GROUP / 2);
    }

    /** So many scales more are added to each weight of the group. */
    private static void addCentre(VectorSection section, int at, int centre) {
        for (int i = at; i < at + LANES; i++) {
            section.minimums[i] += centre * section.scales[i];
        }
    }

    /**
     * Half a block: a word of fifth bits, one for each quant of the block in order, then four words
     * with the other four bits, {@code shift} bits from the lowest.
     */
    private static void fiveBits(
            MemorySegment panel, long words, int shift, int[] target, int index) {
        for (int word = 0; word < 4; word++) {
            int to = index + 2 * word * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                int bits = word(panel, words, 0, lane) >>> (4 * (shift + word));
                int even = ((bits & 1) << 4) | ((bits & 4) << 18);
                int odd = ((bits & 2) << 3) | ((bits & 8) << 17);
                int w = word(panel, words, 1 + word, lane) >>> shift;
                target[to + lane] = (w & NIBBLES) | even;
                target[to + LANES + lane] = ((w >>> 8) & NIBBLES) | odd;
            }
        }
    }

    private static void q8_0(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        halves(panel, at, section.scales, scales);
        for (int word = 0; word < 8; word++) {
            int to = quants + 2 * word * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                int w = word(panel, at + HALF_BYTES, word, lane);
                section.quants[to + lane] = w & EVEN_BYTES;
                section.quants[to + LANES + lane] = (w >>> 8) & EVEN_BYTES;
            }
        }
    }

    private static void q4_K(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        sixBitScales(panel, at, section, scales);
        long words = at + 2 * HALF_BYTES + 3 * WORD_BYTES;
        for (int pair = 0; pair < 4; pair++) {
            int low = quants + 2 * pair * GROUP;
            nibbles(panel, words + 8L * pair * WORD_BYTES, 8, section.quants, low, low + GROUP);
            addCentre(section, scales + 2 * pair * LANES, NIBBLE_CENTRE);
            addCentre(section, scales + (2 * pair + 1) * LANES, NIBBLE_CENTRE);
        }
    }

    private static void q5_K(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        sixBitScales(panel, at, section, scales);
        long fifth = at + 2 * HALF_BYTES + 3 * WORD_BYTES;
        long words = fifth + 8 * WORD_BYTES;
        for (int group = 0; group < 8; group++) {
            long low = words + group / 2 * 8L * WORD_BYTES;
            int to = quants + group * GROUP;
            join(panel, low, group % 2 * 4, fifth, group, BITS, section.quants, to);
            addCentre(section, scales + group * LANES, FIVE_BIT_CENTRE);
        }
    }

    /**
     * 32 quants: eight words with their low four bits, {@code lowShift} from the lowest of each
     * byte, and eight with their upper ones, likewise.
     */
    private static void join(
            MemorySegment panel,
            long low,
            int lowShift,
            long upper,
            int upperShift,
            int upperMask,
            int[] target,
            int index) {
        for (int word = 0; word < 8; word++) {
            int to = index + 2 * word * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                int w = word(panel, low, word, lane) >>> lowShift;
                int u = word(panel, upper, word, lane) >>> upperShift;
                target[to + lane] = (w & NIBBLES) | ((u & upperMask) << 4);
                target[to + LANES + lane] = ((w >>> 8) & NIBBLES) | (((u >>> 8) & upperMask) << 4);
            }
        }
    }

    /**
     * Scales and minimums of the eight groups of a block: d, dmin, then three words as {@code
     * SixBitScales} has them.
     */
    private static void sixBitScales(
            MemorySegment panel, long at, VectorSection section, int scales) {
        long words = at + 2 * HALF_BYTES;
        for (int lane = 0; lane < LANES; lane++) {
            float d = half(panel, at, lane);
            float dmin = -half(panel, at + HALF_BYTES, lane);
            int first = word(panel, words, 0, lane);
            int second = word(panel, words, 1, lane);
            int last = word(panel, words, 2, lane);
            for (int group = 0; group < 4; group++, first >>>= 8, second >>>= 8, last >>>= 8) {
                int to = scales + group * LANES + lane;
                section.scales[to] = d * (first & 63);
                section.minimums[to] = dmin * (second & 63);
                int upper = to + 4 * LANES;
                section.scales[upper] = d * ((last & 15) | ((first >>> 2) & 0x30));
                section.minimums[upper] = dmin * (((last >>> 4) & 15) | ((second >>> 2) & 0x30));
            }
        }
    }

    /** 32 words of four bits, 16 of two, 4 of scales, then d: see {@code Q6_KBlocks}. */
    private static void q6_K(
            MemorySegment panel, long at, VectorSection section, int quants, int scales) {
        for (int lane = 0; lane < LANES; lane++) {
            float d = half(panel, at + 52 * WORD_BYTES, lane);
            for (int i = 0; i < 16; i++) {
                int scale = (byte) (word(panel, at, 48 + i / 4, lane) >>> (8 * (i % 4)));
                section.scales[scales + i * LANES + lane] = d * scale;
            }
        }
        for (int group = 0; group < 8; group++) {
            int quarter = group % 4;
            long low = at + (16L * (group / 4) + 8L * (quarter % 2)) * WORD_BYTES;
            long upper = at + (32L + 8L * (group / 4)) * WORD_BYTES;
            int to = quants + group * GROUP;
            int lowShift = quarter / 2 * 4;
            join(panel, low, lowShift, upper, 2 * quarter, TWO_BITS, section.quants, to);
        }
    }
}
