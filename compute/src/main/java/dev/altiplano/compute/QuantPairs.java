package dev.altiplano.compute;

/**
 * Rows of activations as the vector tier multiplies them with quantised weights: 8 bits, and 8 more
 * in groups that stand out, by the rule of {@code ActivationLayout}:
 *
 * <pre>
 * value = scale · coarse + (fine scale) · fine
 * </pre>
 *
 * <p>Two inputs share an int, the first in its low half. The pairs of a group are the inputs (0,
 * 2), (1, 3), (4, 6), (5, 7), … of it.
 *
 * <p>Letters: T tokens, I inputs.
 */
final class QuantPairs {
    /** Inputs that share a scale. */
    static final int GROUP_INPUTS = 32;

    static final int GROUP_PAIRS = GROUP_INPUTS / 2;

    /** [T, I/2] */
    final int[] coarse;

    /** [T, I/2]; means something only where the fine scale is not 0. */
    final int[] fine;

    /** [T, I/32] */
    final float[] scale;

    /** [T, I/32], 0 where nothing stands out. */
    final float[] fineScale;

    /** [T, I/32]: the sums of the quants of a group. */
    final int[] coarseSum;

    final int[] fineSum;

    /** [T, I/32]: the sum of the values as they are here. */
    final float[] sum;

    QuantPairs(int tokensMax, int inputsMax) {
        int inputs = Math.multiplyExact(tokensMax, inputsMax);
        coarse = new int[inputs / 2];
        fine = new int[inputs / 2];
        scale = new float[inputs / GROUP_INPUTS];
        fineScale = new float[inputs / GROUP_INPUTS];
        coarseSum = new int[inputs / GROUP_INPUTS];
        fineSum = new int[inputs / GROUP_INPUTS];
        sum = new float[inputs / GROUP_INPUTS];
    }
}
