package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.RESULTS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.altiplano.compute.machine.PanelLayout;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Panels of the vector tier: LANES rows side by side, all formats of 4 to 8 bits in one of two
 * forms. A panel is a run of sections of 512 inputs, the last one perhaps shorter, in groups of 32
 * (16 for Q6_K), each
 *
 * <pre>
 * f32 scale [groups, LANES], for some formats f32 minimum [groups, LANES],
 * u32 words [groups, words of a group, LANES]
 * </pre>
 *
 * <p>A word of a format of 4 bits holds four pairs of quants as they are, of the others two pairs
 * in bytes, numbers with a sign, {@link #centre} taken off. So panels take 5 to 6 bits for a weight
 * of 4, and 9 to 10 for one of 5 to 8; in return nothing is left to do but a shift and a mask for
 * each pair, and but for Q8_0 the sums of a group's products fit 16 bits. Without instructions that
 * multiply bytes it is not memory that bounds these products.
 *
 * <p>{@code weight = scale · quant + minimum}, the quant less its centre.
 *
 * @param format what they were packed from
 */
record VectorPanels(TensorFormat format) {
    private static final int ONES = 0x0101_0101;
    private static final int BYTE_SIGNS = 0x8080_8080;

    /** The lowest nibble of each half of a word. */
    static final int NIBBLES = 0x000F_000F;

    static final int NIBBLE_CENTRE = 8;
    static final int FIVE_BIT_CENTRE = 16;
    private static final int SIX_BIT_CENTRE = 32;

    static final int SMALL_GROUP_INPUTS = 16;

    /** Ints of the words of a section of one panel, at most. */
    static final int SECTION_INTS = VectorSection.INPUTS_MAX / 4 * LANES;

    /** Inputs that share a scale. */
    static int groupInputs(TensorFormat format) {
        return format == TensorFormat.Q6_K ? SMALL_GROUP_INPUTS : QuantPairs.GROUP_INPUTS;
    }

    int groupInputs() {
        return groupInputs(format);
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

    /** Whether quants are whole bytes, whose products are summed as f32 and in 32 bits. */
    boolean isWide() {
        return format == TensorFormat.Q8_0;
    }

    /** What is taken off a file's quant: half of what it can be, if it has no sign. */
    int centre() {
        return switch (format) {
            case Q8_0 -> 0;
            case Q4_0, Q4_1, Q4_K -> NIBBLE_CENTRE;
            case Q6_K -> SIX_BIT_CENTRE;
            default -> FIVE_BIT_CENTRE;
        };
    }

    /** Words of a row with {@code inputs} inputs. */
    int words(int inputs) {
        return inputs / (hasNibbles() ? 8 : 4);
    }

    /** Bytes of the words of {@code inputs} inputs. */
    long wordsBytes(int inputs) {
        return (long) words(inputs) * LANES * Integer.BYTES;
    }

    /** Floats of the scales and minimums of {@code inputs} inputs. */
    int scales(int inputs) {
        return inputs / groupInputs() * (hasMinimum() ? 2 : 1) * LANES;
    }

    /** Where the words begin in a section of {@code inputs} inputs, in bytes. */
    long wordsOffset(int inputs) {
        return (long) scales(inputs) * Float.BYTES;
    }

    /** Bytes of a panel, or of whole sections of it, with {@code inputs} inputs. */
    long panelBytes(int inputs) {
        return wordsOffset(inputs) + wordsBytes(inputs);
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
            for (int input = 0; input < inputs; input += VectorSection.INPUTS_MAX) {
                int length = Math.min(VectorSection.INPUTS_MAX, inputs - input);
                int blocks = length / format.blockWeights();
                VectorUnpackers.unpack(format, moved, layout.panelBytes(input), blocks, section);
                int words = words(length);
                if (hasNibbles()) {
                    joinNibbles(section.quants, packed, words);
                } else {
                    joinBytes(section.quants, packed, words, centre());
                }
                int scales = length / groupInputs() * LANES;
                long to = at + panelBytes(input);
                copy(section.scales, scales, panels, to);
                if (hasMinimum()) {
                    copy(section.minimums, scales, panels, to + (long) scales * Float.BYTES);
                }
                copy(packed, words * LANES, panels, to + wordsOffset(length));
            }
        };
    }

    private static void copy(int[] from, int count, MemorySegment to, long at) {
        MemorySegment.copy(from, 0, to, ValueLayout.JAVA_INT, at, count);
    }

    private static void copy(float[] from, int count, MemorySegment to, long at) {
        MemorySegment.copy(from, 0, to, ValueLayout.JAVA_FLOAT, at, count);
    }

    private static void joinNibbles(int[] quants, int[] packed, int words) {
        for (int word = 0; word < words; word++) {
            for (int lane = 0; lane < LANES; lane++) {
                int at = 4 * word * LANES + lane;
                packed[word * LANES + lane] =
                        quants[at]
                                | quants[at + LANES] << 4
                                | quants[at + 2 * LANES] << 8
                                | quants[at + 3 * LANES] << 12;
            }
        }
    }

    private static void joinBytes(int[] quants, int[] packed, int words, int centre) {
        for (int word = 0; word < words; word++) {
            for (int lane = 0; lane < LANES; lane++) {
                int at = 2 * word * LANES + lane;
                int w = quants[at] | quants[at + LANES] << 8;
                packed[word * LANES + lane] = centre == 0 ? w : less(w, centre * ONES);
            }
        }
    }

    /** The difference byte by byte, of bytes below 128. */
    private static int less(int bytes, int centres) {
        return ((bytes | BYTE_SIGNS) - centres) ^ BYTE_SIGNS;
    }

    /**
     * Takes {@code words} words of a panel apart.
     *
     * @param pairs [pairs, panels, LANES], of this panel from {@code to} on
     */
    void unpack(int[] packed, int words, int[] pairs, int to) {
        if (hasNibbles()) {
            splitNibbles(packed, words, pairs, to);
        } else {
            splitBytes(packed, words, pairs, to);
        }
    }

    /**
     * The same of wide quants.
     *
     * @param quants [inputs, panels, LANES], of this panel from {@code to} on
     */
    void unpack(int[] packed, int words, float[] quants, int to) {
        for (int word = 0; word < words; word++) {
            IntVector w = IntVector.fromArray(INTS, packed, word * LANES);
            int at = to + 4 * word * RESULTS;
            ((FloatVector) w.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0))
                    .intoArray(quants, at);
            at += RESULTS;
            ((FloatVector) w.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0))
                    .intoArray(quants, at);
            at += RESULTS;
            ((FloatVector) w.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0))
                    .intoArray(quants, at);
            at += RESULTS;
            ((FloatVector) w.lanewise(ASHR, 24).convert(I2F, 0)).intoArray(quants, at);
        }
    }

    private static void splitNibbles(int[] packed, int words, int[] pairs, int to) {
        for (int word = 0; word < words; word++) {
            IntVector w = IntVector.fromArray(INTS, packed, word * LANES);
            int at = to + 4 * word * RESULTS;
            centred(w.and(NIBBLES)).intoArray(pairs, at);
            w = w.lanewise(LSHR, 4);
            centred(w.and(NIBBLES)).intoArray(pairs, at + RESULTS);
            w = w.lanewise(LSHR, 4);
            centred(w.and(NIBBLES)).intoArray(pairs, at + 2 * RESULTS);
            w = w.lanewise(LSHR, 4);
            centred(w.and(NIBBLES)).intoArray(pairs, at + 3 * RESULTS);
        }
    }

    private static IntVector centred(IntVector nibbles) {
        return nibbles.reinterpretAsShorts().sub((short) NIBBLE_CENTRE).reinterpretAsInts();
    }

    private static void splitBytes(int[] packed, int words, int[] pairs, int to) {
        for (int word = 0; word < words; word++) {
            ShortVector w = IntVector.fromArray(INTS, packed, word * LANES).reinterpretAsShorts();
            int at = to + 2 * word * RESULTS;
            w.lanewise(LSHL, 8).lanewise(ASHR, 8).reinterpretAsInts().intoArray(pairs, at);
            at += RESULTS;
            w.lanewise(ASHR, 8).reinterpretAsInts().intoArray(pairs, at);
        }
    }
}
