package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.altiplano.compute.machine.PanelLayout;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;

/**
 * Panels of the vector tier: LANES rows side by side, all formats of 4, 5 and 6 bits in one of two
 * forms. A panel is a run of groups of 32 inputs (16 for Q6_K), each
 *
 * <pre>
 * f32 scale [LANES], for some f32 minimum [LANES], u32 words [words, LANES]
 * </pre>
 *
 * <p>A word of a format of 4 bits holds four pairs of quants, of the others two pairs in bytes. So
 * panels take 5 to 6 bits for a weight of 4, and 9 to 10 for one of 5 or 6; in return nothing is
 * left to do but a shift and a mask for each pair. Without instructions that multiply bytes it is
 * not memory that bounds these products. What is left after {@link #zero} is taken off a quant of 5
 * or 6 bits is centred, so that the sums of a group's products fit 16 bits.
 *
 * <p>{@code weight = scale · (quant - zero) + minimum}.
 *
 * @param format what they were packed from
 */
record VectorPanels(TensorFormat format) {
    /** The lowest nibble and the lowest byte of each half of a word. */
    static final int NIBBLES = 0x000F_000F;

    static final int BYTES = 0x00FF_00FF;

    static final int SMALL_GROUP_INPUTS = 16;

    /** Where the minimums begin in a group that has them, in ints. */
    static final int MINIMUM = LANES;

    /** Ints of a section of one panel, at most. */
    static final int SECTION_INTS = VectorSection.INPUTS_MAX / SMALL_GROUP_INPUTS * 5 * LANES;

    /** Inputs that share a scale. */
    static int groupInputs(TensorFormat format) {
        return format == TensorFormat.Q6_K ? SMALL_GROUP_INPUTS : QuantPairs.GROUP_INPUTS;
    }

    int groupInputs() {
        return groupInputs(format);
    }

    /** Groups that share a scale of the activations, as a power of two. */
    int groupShift() {
        return groupInputs() < QuantPairs.GROUP_INPUTS ? 1 : 0;
    }

    boolean hasNibbles() {
        return switch (format) {
            case Q4_0, Q4_1, Q4_K -> true;
            default -> false;
        };
    }

    boolean hasMinimum() {
        return switch (format) {
            case Q4_1, Q5_1, Q4_K, Q5_K -> true;
            default -> false;
        };
    }

    /** The quant that stands for 0. */
    int zero() {
        return switch (format) {
            case Q4_0 -> 8;
            case Q4_1, Q4_K -> 0;
            case Q6_K -> 32;
            default -> 16;
        };
    }

    /** Where the words begin in a group, in ints. */
    int wordsIndex() {
        return hasMinimum() ? 2 * LANES : LANES;
    }

    /** Words of a row in a group. */
    int words() {
        return groupInputs() / (hasNibbles() ? 8 : 4);
    }

    /** From a group to the next, in ints. */
    int groupInts() {
        return wordsIndex() + words() * LANES;
    }

    /** The same in bytes. */
    long groupBytes() {
        return (long) groupInts() * Integer.BYTES;
    }

    /** Where the words begin in a group, in bytes. */
    long wordsOffset() {
        return (long) wordsIndex() * Integer.BYTES;
    }

    /** Bytes of a panel of rows with {@code inputs} inputs. */
    long panelBytes(int inputs) {
        return inputs / groupInputs() * groupBytes();
    }

    /** Packs panels of {@code inputs} inputs; for one thread. */
    PackedWeights.Packer packer(int inputs) {
        PanelLayout layout = PanelLayout.of(format, LANES).orElseThrow();
        MemorySegment moved = Arena.ofAuto().allocate(layout.panelBytes(inputs));
        VectorSection section = new VectorSection();
        int[] packed = new int[SECTION_INTS];
        return (rows, count, panels, at) -> {
            moved.fill((byte) 0);
            layout.pack(rows, layout.panelBytes(inputs) / LANES, count, moved);
            int block = format.blockWeights();
            long to = at;
            for (int input = 0; input < inputs; input += VectorSection.INPUTS_MAX) {
                int blocks = Math.min(VectorSection.INPUTS_MAX, inputs - input) / block;
                VectorUnpackers.unpack(format, moved, layout.panelBytes(input), blocks, section);
                int groups = blocks * block / groupInputs();
                pack(section, groups, packed);
                int ints = groups * groupInts();
                MemorySegment.copy(packed, 0, panels, ValueLayout.JAVA_INT, to, ints);
                to += (long) ints * Integer.BYTES;
            }
        };
    }

    private void pack(VectorSection section, int groups, int[] packed) {
        for (int group = 0; group < groups; group++) {
            int at = group * groupInts();
            for (int lane = 0; lane < LANES; lane++) {
                int from = group * LANES + lane;
                packed[at + lane] = Float.floatToRawIntBits(section.scales[from]);
                if (hasMinimum()) {
                    packed[at + LANES + lane] = Float.floatToRawIntBits(section.minimums[from]);
                }
            }
            int quants = group * groupInputs() / 2 * LANES;
            int to = at + wordsIndex();
            if (hasNibbles()) {
                joinNibbles(section.quants, quants, packed, to, words());
            } else {
                joinBytes(section.quants, quants, packed, to, words());
            }
        }
    }

    private static void joinNibbles(int[] quants, int from, int[] packed, int to, int words) {
        for (int word = 0; word < words; word++) {
            for (int lane = 0; lane < LANES; lane++) {
                int at = from + 4 * word * LANES + lane;
                packed[to + word * LANES + lane] =
                        quants[at]
                                | quants[at + LANES] << 4
                                | quants[at + 2 * LANES] << 8
                                | quants[at + 3 * LANES] << 12;
            }
        }
    }

    private static void joinBytes(int[] quants, int from, int[] packed, int to, int words) {
        for (int word = 0; word < words; word++) {
            for (int lane = 0; lane < LANES; lane++) {
                int at = from + 2 * word * LANES + lane;
                packed[to + word * LANES + lane] = quants[at] | quants[at + LANES] << 8;
            }
        }
    }

    /** Takes {@code groups} groups of a packed section apart, into pairs from {@code to} on. */
    void unpack(int[] packed, int from, int groups, int[] quants, int to) {
        int step = groupInputs() / 2 * LANES;
        for (int group = 0; group < groups; group++) {
            int words = from + group * groupInts() + wordsIndex();
            if (hasNibbles()) {
                splitNibbles(packed, words, words(), zero(), quants, to + group * step);
            } else {
                splitBytes(packed, words, words(), zero(), quants, to + group * step);
            }
        }
    }

    private static void splitNibbles(
            int[] packed, int from, int words, int zero, int[] quants, int to) {
        for (int word = 0; word < words; word++) {
            IntVector w = IntVector.fromArray(INTS, packed, from + word * LANES);
            int at = to + 4 * word * LANES;
            centred(w.lanewise(AND, NIBBLES), zero).intoArray(quants, at);
            w = w.lanewise(LSHR, 4);
            centred(w.lanewise(AND, NIBBLES), zero).intoArray(quants, at + LANES);
            w = w.lanewise(LSHR, 4);
            centred(w.lanewise(AND, NIBBLES), zero).intoArray(quants, at + 2 * LANES);
            w = w.lanewise(LSHR, 4);
            centred(w.lanewise(AND, NIBBLES), zero).intoArray(quants, at + 3 * LANES);
        }
    }

    private static void splitBytes(
            int[] packed, int from, int words, int zero, int[] quants, int to) {
        for (int word = 0; word < words; word++) {
            IntVector w = IntVector.fromArray(INTS, packed, from + word * LANES);
            int at = to + 2 * word * LANES;
            centred(w.lanewise(AND, BYTES), zero).intoArray(quants, at);
            centred(w.lanewise(LSHR, 8).lanewise(AND, BYTES), zero).intoArray(quants, at + LANES);
        }
    }

    private static IntVector centred(IntVector pairs, int zero) {
        return pairs.reinterpretAsShorts().sub((short) zero).reinterpretAsInts();
    }
}
