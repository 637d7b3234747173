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

    /** One set of quants. */
    static final class Quants {
        /** [T, I/2] */
        final int[] pairs;

        /** [T, I/32] */
        final float[] scales;

        /** [T, I/32]: of each group's quants. */
        final int[] sums;

        private Quants(int inputs) {
            pairs = new int[inputs / 2];
            scales = new float[inputs / GROUP_INPUTS];
            sums = new int[inputs / GROUP_INPUTS];
        }
    }

    final Quants coarse;

    /** Their scale is 0 where nothing stands out, and then the rest means nothing. */
    final Quants fine;

    /** [T, I/32]: the sum of the values as they are here. */
    final float[] sum;

    QuantPairs(int tokensMax, int inputsMax) {
        int inputs = Math.multiplyExact(tokensMax, inputsMax);
        coarse = new Quants(inputs);
        fine = new Quants(inputs);
        sum = new float[inputs / GROUP_INPUTS];
    }
}
