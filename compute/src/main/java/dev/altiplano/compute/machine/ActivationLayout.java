package dev.altiplano.compute.machine;

/**
 * Activations in 16 bits, as the kernels for quantised weights read them. A row is a run of blocks
 * of {@link #BLOCK_INPUTS} values, without gaps:
 *
 * <pre>
 * 0  f32  scale              value = scale · quant
 * 4  f32  scale · Σ quants 0 to 15
 * 8  f32  scale · Σ quants 16 to 31
 * 12 f32  scale · Σ quants
 * 16 i16  quants [32], -32767 to 32767; of each four 0 1 2 3, in the order 0 2 1 3
 * </pre>
 *
 * <p>The sums serve weights that have a minimum or a zero point: {@code Σ (s·w + m)·x = s·Σ w·x +
 * m·Σ x}. In that order two neighbouring quants meet the even, and two the odd bytes of four
 * weights. Why 16 bits and not 8, as elsewhere: {@code docs/decisions/0015}.
 */
public final class ActivationLayout {
    public static final int BLOCK_INPUTS = 32;
    public static final int BLOCK_BYTES = 80;

    static final int QUANT_MAX = 32767;

    static final int SCALE = 0;
    static final int SUM_FIRST_HALF = 4;
    static final int SUM_SECOND_HALF = 8;
    static final int SUM = 12;
    static final int QUANTS = 16;

    private ActivationLayout() {}

    /** Bytes of one row of {@code inputs} values, which must be whole blocks. */
    public static long rowBytes(int inputs) {
        assert inputs % BLOCK_INPUTS == 0;
        return (long) inputs / BLOCK_INPUTS * BLOCK_BYTES;
    }

    /** Where in a block the quant of input {@code input} of the block stands. */
    static int quantOffset(int input) {
        int inFour = input % 4;
        int place = inFour == 1 ? 2 : inFour == 2 ? 1 : inFour;
        return QUANTS + (input - inFour + place) * Short.BYTES;
    }
}
