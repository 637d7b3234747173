package dev.altiplano.compute.machine;

/**
 * Activations as the kernels for quantised weights read them: 8 bits, and 8 more where 8 are too
 * few. A row is a run of blocks of {@link #BLOCK_INPUTS} values, without gaps:
 *
 * <pre>
 * 0  f32  scale
 * 4  f32  fine scale: 0, or scale / 254
 * 8  f32  Σ values 0 to 15
 * 12 f32  Σ values 16 to 31
 * 16 f32  Σ values
 * 20 i8   coarse quants [32], -127 to 127
 * 52 i8   fine quants [32], -127 to 127
 *
 * value = scale · coarse + (fine scale) · fine
 * </pre>
 *
 * <p>A block whose largest value stands out from the row has fine quants, since one scale for 32
 * values would make noise of its neighbours; in all others the fine scale is 0 and kernels skip
 * them. Which blocks: those with {@code max² > PEAK · mean(x²)}, the mean taken over the row. Why:
 * {@code docs/decisions/0015}.
 *
 * <p>The sums serve weights that have a minimum or a zero point: {@code Σ (s·w + m)·x = s·Σ w·x +
 * m·Σ x}.
 */
public final class ActivationLayout {
    public static final int BLOCK_INPUTS = 32;
    public static final int BLOCK_BYTES = 84;

    public static final int QUANT_MAX = 127;

    /** Fine quants in one coarse quant. */
    public static final int FINE_STEPS = 2 * QUANT_MAX;

    /** A block has fine quants if its largest square is above so many mean squares of the row. */
    public static final float PEAK = 48;

    static final int SCALE = 0;
    static final int FINE_SCALE = 4;
    static final int SUM_FIRST_HALF = 8;
    static final int SUM_SECOND_HALF = 12;
    static final int SUM = 16;
    static final int COARSE = 20;
    static final int FINE = COARSE + BLOCK_INPUTS;

    private ActivationLayout() {}

    /** Bytes of one row of {@code inputs} values, which must be whole blocks. */
    public static long rowBytes(int inputs) {
        assert inputs % BLOCK_INPUTS == 0;
        return (long) inputs / BLOCK_INPUTS * BLOCK_BYTES;
    }
}
