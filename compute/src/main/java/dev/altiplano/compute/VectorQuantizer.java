package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.altiplano.compute.machine.ActivationLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Turns rows of floats into {@link QuantPairs}, group by group: {@code scale = max|x| / 127},
 * {@code coarse = round(x / scale)}, ties to even, and {@code fine} likewise of what is left, in
 * groups that stand out. A NaN or an infinity reaches the scale, and so all results.
 */
final class VectorQuantizer {
    private static final int GROUP = QuantPairs.GROUP_INPUTS;

    /** Below the smallest magnitude that matters, and large enough that 32767 over it is finite. */
    private static final float SMALLEST = 1e-30f;

    /** 1.5 · 2²³: a sum with it has no fraction, and rounds ties to even. */
    private static final float TO_WHOLE = 0x1.8p23f;

    /** [coarse, fine][GROUP] of the group at hand. */
    private final int[] quants = new int[2 * GROUP];

    /** Quantises the row of {@code width} values that begins at {@code from}, in whole groups. */
    void quantize(float[] x, int from, int width, QuantPairs to) {
        float limit = ActivationLayout.PEAK * squares(x, from, width) / width;
        for (int at = from; at < from + width; at += GROUP) {
            int group = at / GROUP;
            float largest = largest(x, at);
            float scale = largest * (1f / ActivationLayout.QUANT_MAX);
            boolean standsOut = largest * largest > limit;
            round(x, at, ActivationLayout.QUANT_MAX / Math.max(largest, SMALLEST));
            float fineScale = standsOut ? scale * (1f / ActivationLayout.FINE_STEPS) : 0;
            to.coarse.scales[group] = scale;
            to.coarse.sums[group] = pair(0, to.coarse.pairs, at / 2);
            float sum = scale * to.coarse.sums[group];
            to.fine.scales[group] = fineScale;
            if (standsOut) {
                to.fine.sums[group] = pair(GROUP, to.fine.pairs, at / 2);
                sum = Math.fma((float) to.fine.sums[group], fineScale, sum);
            }
            to.sum[group] = sum;
        }
    }

    private static float squares(float[] x, int from, int width) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = from; i < from + width; i += LANES) {
            FloatVector values = FloatVector.fromArray(FLOATS, x, i);
            sum = values.fma(values, sum);
        }
        return VectorLanes.fold(sum);
    }

    private static float largest(float[] x, int at) {
        FloatVector largest = FloatVector.zero(FLOATS);
        for (int i = at; i < at + GROUP; i += LANES) {
            largest = largest.max(FloatVector.fromArray(FLOATS, x, i).lanewise(ABS));
        }
        return largest.reduceLanes(MAX);
    }

    private void round(float[] x, int at, float inverse) {
        for (int i = 0; i < GROUP; i += LANES) {
            FloatVector quant = FloatVector.fromArray(FLOATS, x, at + i).mul(inverse);
            FloatVector coarse = whole(quant);
            FloatVector fine = whole(quant.sub(coarse).mul(ActivationLayout.FINE_STEPS));
            ((IntVector) coarse.convertShape(F2I, INTS, 0)).intoArray(quants, i);
            ((IntVector) fine.convertShape(F2I, INTS, 0)).intoArray(quants, GROUP + i);
        }
    }

    private static FloatVector whole(FloatVector values) {
        return values.add(TO_WHOLE).sub(TO_WHOLE);
    }

    /** Puts the quants from {@code from} on in pairs. Gives their sum. */
    private int pair(int from, int[] target, int index) {
        int sum = 0;
        for (int i = 0; i < GROUP; i += 4) {
            int q0 = quants[from + i];
            int q1 = quants[from + i + 1];
            int q2 = quants[from + i + 2];
            int q3 = quants[from + i + 3];
            target[index + i / 2] = (q0 & 0xFFFF) | q2 << 16;
            target[index + i / 2 + 1] = (q1 & 0xFFFF) | q3 << 16;
            sum += q0 + q1 + q2 + q3;
        }
        return sum;
    }
}
