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
 * <p>Four whole tokens are a <em>quad</em>: what is said to be "in quads" lies with its four values
 * side by side there, [T/4, …, 4]. Of the up to three tokens after the last quad it lies row after
 * row, as all the rest does.
 *
 * <p>Letters: T tokens, I inputs.
 */
final class QuantPairs {
    /** Inputs that share a scale. */
    static final int GROUP_INPUTS = 32;

    static final int GROUP_PAIRS = GROUP_INPUTS / 2;

    static final int QUAD = 4;

    /** One set of quants. */
    static final class Quants {
        /** [T, I/2], the coarse ones in quads. */
        final int[] pairs;

        /**
         * [T, I], the coarse ones in quads, as 16 bits in both halves: each quant of four less 16
         * times the one before it.
         */
        final int[] differences;

        /** [T, I/32], the coarse ones in quads. */
        final float[] scales;

        /** [T, I/16]: the same, twice each. */
        final float[] halfScales;

        /**
         * [T, I/32], row after row: what the centre of nibbles makes of a group, 8 times the sum of
         * its quants, in both halves.
         */
        final int[] centres;

        private Quants(int inputs) {
            centres = new int[inputs / GROUP_INPUTS];
            pairs = new int[inputs / 2];
            differences = new int[inputs];
            scales = new float[inputs / GROUP_INPUTS];
            halfScales = new float[2 * scales.length];
        }

        /** One for every {@code inputs} inputs, 32 or 16. */
        float[] scales(int inputs) {
            return inputs == GROUP_INPUTS ? scales : halfScales;
        }
    }

    final Quants coarse;

    /** [T, I], in quads and only of these: the coarse quants once more. */
    final float[] coarseFloats;

    /** Only of the groups that {@link #fineGroups} names. */
    final Quants fine;

    /** [T, I/512, rounded up]: a bit for each group that stands out, the first one lowest. */
    final int[] fineGroups;

    /** [T, I/32], in quads: the sum of the values as they are here. */
    final float[] sum;

    QuantPairs(int tokensMax, int inputsMax) {
        int inputs = Math.multiplyExact(tokensMax, inputsMax);
        coarse = new Quants(inputs);
        coarseFloats = new float[inputs];
        fine = new Quants(inputs);
        fineGroups = new int[tokensMax * sections(inputsMax)];
        sum = new float[inputs / GROUP_INPUTS];
    }

    /** Sections of a row of {@code inputs}. */
    static int sections(int inputs) {
        return Math.ceilDiv(inputs, VectorSection.INPUTS_MAX);
    }

    /** From a value of {@code token}, of {@code tokens} in all, to its next one, in quads. */
    static int step(int token, int tokens) {
        return token < tokens - tokens % QUAD ? QUAD : 1;
    }

    /** Where the values of {@code token} begin in quads, {@code values} for each. */
    static int index(int token, int tokens, int values) {
        int first = token % QUAD;
        return step(token, tokens) == 1 ? token * values : (token - first) * values + first;
    }
}
