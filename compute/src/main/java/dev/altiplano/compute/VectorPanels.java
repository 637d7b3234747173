package dev.altiplano.compute;

import dev.altiplano.compute.quant.TensorFormat;

/**
 * Panels of the vector tier: rows side by side. F16 and BF16 lie as they are, [inputs, rows]. A
 * panel of a format of 4 to 8 bits is two vectors wide, a run of sections of 512 inputs, the last
 * one perhaps shorter, in groups of 32 (16 for Q6_K), each
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

    static final int NIBBLE_CENTRE = 8;
    static final int FIVE_BIT_CENTRE = 16;
    private static final int SIX_BIT_CENTRE = 32;

    static final int SMALL_GROUP_INPUTS = 16;

    static final int ROWS_MAX = 2 * VectorSums.WIDTH;

    /** Ints of the words of a section, at most. */
    static final int SECTION_INTS = VectorSection.INPUTS_MAX / 4 * VectorSums.WIDTH;

    /** Whether {@code projection} can be packed. */
    static boolean take(Projection projection) {
        TensorFormat format = projection.weights().format();
        return switch (format) {
            case F16, BF16 -> projection.layout() == Projection.Layout.OUTPUT_MAJOR;
            default -> VectorUnpackers.knows(format);
        };
    }

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
}
