package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;

import dev.altiplano.compute.machine.PanelLayout;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Panels of the vector tier: rows side by side, two vectors wide, all formats of 4 to 8 bits in one
 * of two forms. A panel is a run of sections of 512 inputs, the last one perhaps shorter, in groups
 * of 32 (16 for Q6_K), each
 *
 * <pre>
 * f32 scale [groups, rows], for some formats f32 minimum [groups, rows],
 * u32 words [inputs/4, 2 · LANES]
 * </pre>
 *
 * <p>A word of a format of 4 bits holds four quants as they are of each of two rows, the one in its
 * low and the other in its upper half; a word of the others has four bytes of one row, numbers with
 * a sign, {@link #centre} taken off. So panels take 5 to 6 bits for a weight of 4, and 9 to 10 for
 * one of 5 to 8; in return little is left to do before the products, and but for Q8_0 their sums
 * fit 16 bits. Without instructions that multiply bytes it is not memory that bounds the products
 * of small weights.
 *
 * <p>{@code weight = scale · quant + minimum}, the quant less its centre.
 *
 * @param format what they were packed from
 */
record VectorPanels(TensorFormat format) {
    /** How weights lie in a panel, and with which loops they are multiplied. */
    enum Form {
        NIBBLES,
        /** Quants of 5 or 6 bits. */
        BYTES,
        /** Quants of 8 bits. */
        WIDE_BYTES,
        /** 16 bits. */
        FLOATS
    }

    /** Whether {@code projection} can be packed. */
    static boolean take(Projection projection) {
        TensorFormat format = projection.weights().format();
        return switch (format) {
            case F16, BF16 -> projection.layout() == Projection.Layout.OUTPUT_MAJOR;
            default -> VectorUnpackers.knows(format);
        };
    }

    private static final int ONES = 0x0101_0101;
    private static final int BYTE_SIGNS = 0x8080_8080;

    static final int NIBBLE_CENTRE = 8;
    static final int FIVE_BIT_CENTRE = 16;
    private static final int SIX_BIT_CENTRE = 32;

    static final int SMALL_GROUP_INPUTS = 16;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final int ROWS_MAX = 2 * VectorSums.WIDTH;

    /** Ints of the words of a section, at most. */
    static final int SECTION_INTS = VectorSection.INPUTS_MAX / 4 * VectorSums.WIDTH;

    /** Inputs that share a scale. */
    static int groupInputs(TensorFormat format) {
        return format == TensorFormat.Q6_K ? SMALL_GROUP_INPUTS : QuantPairs.GROUP_INPUTS;
    }

    int groupInputs() {
        return groupInputs(format);
    }

    Form form() {
        return switch (format) {
            case Q4_0, Q4_1, Q4_K -> Form.NIBBLES;
            case Q8_0 -> Form.WIDE_BYTES;
            case F16, BF16 -> Form.FLOATS;
            default -> Form.BYTES;
        };
    }

    /** What it multiplies with. */
    Inputs.Form inputForm() {
        return form() == Form.FLOATS ? Inputs.Form.FLOATS : Inputs.Form.QUANTS;
    }

    boolean hasMinimum() {
        return switch (format) {
            case Q4_1, Q5_1, Q4_K, Q5_K -> true;
            default -> false;
        };
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

    /** Rows of a panel. */
    int rows() {
        return switch (form()) {
            case NIBBLES, FLOATS -> 2 * VectorSums.WIDTH;
            case BYTES, WIDE_BYTES -> VectorSums.WIDTH;
        };
    }

    /** Ints of the words of {@code inputs} inputs. */
    int wordInts(int inputs) {
        return inputs * (form() == Form.FLOATS ? VectorSums.WIDTH : VectorSums.WIDTH / 4);
    }

    /** Floats of the scales and minimums of {@code inputs} inputs. */
    int scales(int inputs) {
        if (form() == Form.FLOATS) {
            return 0;
        }
        return inputs / groupInputs() * (hasMinimum() ? 2 : 1) * rows();
    }

    /** Where the words begin in a section of {@code inputs} inputs, in bytes. */
    long wordsOffset(int inputs) {
        return (long) scales(inputs) * Float.BYTES;
    }

    /** Bytes of a panel, or of whole sections of it, with {@code inputs} inputs. */
    long panelBytes(int inputs) {
        return wordsOffset(inputs) + (long) wordInts(inputs) * Integer.BYTES;
    }

    /** Packs panels of {@code inputs} inputs; for one thread. */
    PackedWeights.Packer packer(int inputs) {
        if (form() == Form.FLOATS) {
            return (rows, count, panels, at) -> packFloats(rows, inputs, count, panels, at);
        }
        PanelLayout layout = PanelLayout.of(format, LANES).orElseThrow();
        MemorySegment moved = Arena.ofAuto().allocate(layout.panelBytes(inputs));
        long rowBytes = layout.panelBytes(inputs) / LANES;
        VectorSection section = new VectorSection();
        int[] packed = new int[SECTION_INTS];
        return (rows, count, panels, at) -> {
            for (int first = 0; first < rows(); first += LANES) {
                moved.fill((byte) 0);
                int here = Math.clamp(count - first, 0, LANES);
                layout.pack(rows.asSlice(Math.min(first, count) * rowBytes), rowBytes, here, moved);
                for (int input = 0; input < inputs; input += VectorSection.INPUTS_MAX) {
                    int length = Math.min(VectorSection.INPUTS_MAX, inputs - input);
                    int blocks = length / format.blockWeights();
                    VectorUnpackers.unpack(
                            format, moved, layout.panelBytes(input), blocks, section);
                    for (int i = 0;
                            form() == Form.NIBBLES && i < length / groupInputs() * LANES;
                            i++) {
                        section.scales[i] *= VectorNibbleLoops.SCALE_FACTOR;
                    }
                    packSection(section, length, first, packed, panels, at + panelBytes(input));
                }
            }
        };
    }

    /** Moves weights of 16 bits into panels [inputs, rows]. */
    private void packFloats(
            MemorySegment rows, int inputs, int count, MemorySegment panels, long at) {
        long rowBytes = (long) inputs * Short.BYTES;
        long inputBytes = (long) rows() * Short.BYTES;
        for (int row = 0; row < count; row++) {
            for (int input = 0; input < inputs; input++) {
                short weight = rows.get(SHORT, row * rowBytes + (long) input * Short.BYTES);
                panels.set(SHORT, at + input * inputBytes + (long) row * Short.BYTES, weight);
            }
        }
    }

    /** Packs LANES rows of a section, the first of them {@code row} of the panel at {@code to}. */
    private void packSection(
            VectorSection section,
            int inputs,
            int row,
            int[] packed,
            MemorySegment panels,
            long to) {
        int groups = inputs / groupInputs();
        for (int group = 0; group < groups; group++) {
            long scale = to + ((long) group * rows() + row) * Float.BYTES;
            copy(section.scales, group * LANES, panels, scale);
            if (hasMinimum()) {
                long minimum = scale + (long) groups * rows() * Float.BYTES;
                copy(section.minimums, group * LANES, panels, minimum);
            }
        }
        long words = to + wordsOffset(inputs);
        int count = wordInts(inputs);
        MemorySegment.copy(panels, ValueLayout.JAVA_INT, words, packed, 0, count);
        if (form() == Form.NIBBLES) {
            int vector = row / VectorSums.WIDTH * LANES;
            joinNibbles(section.quants, packed, vector, count, row / LANES % 2 * Short.SIZE);
        } else {
            joinBytes(section.quants, packed, row, count, centre());
        }
        MemorySegment.copy(packed, 0, panels, ValueLayout.JAVA_INT, words, count);
    }

    private static void copy(float[] from, int index, MemorySegment to, long at) {
        MemorySegment.copy(from, index, to, ValueLayout.JAVA_FLOAT, at, LANES);
    }

    private static void joinNibbles(int[] quants, int[] packed, int from, int to, int shift) {
        int at = 0;
        for (int word = from; word < to; word += VectorSums.WIDTH, at += 2 * LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                int even = quants[at + lane];
                int odd = quants[at + LANES + lane];
                int nibbles = (even | even >>> 8 | odd << 4 | odd >>> 4) & 0xFFFF;
                packed[word + lane] |= nibbles << shift;
            }
        }
    }

    private static void joinBytes(int[] quants, int[] packed, int from, int to, int centre) {
        int at = 0;
        for (int word = from; word < to; word += VectorSums.WIDTH, at += 2 * LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                int w = quants[at + lane] | quants[at + LANES + lane] << 8;
                packed[word + lane] = centre == 0 ? w : less(w, centre * ONES);
            }
        }
    }

    /** The difference byte by byte, of bytes below 128. */
    private static int less(int bytes, int centres) {
        return ((bytes | BYTE_SIGNS) - centres) ^ BYTE_SIGNS;
    }
}
