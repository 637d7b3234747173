package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.altiplano.compute.machine.ActivationLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Turns rows of floats into {@link QuantPairs}, group by group: {@code scale = max|x| / 127},
 * {@code coarse = round(x / scale)}, ties to even, and {@code fine} likewise of what is left, in
 * groups that stand out. A NaN or an infinity reaches the scale, and so all results.
 */
final class VectorQuantizer {
    private static final int GROUP = QuantPairs.GROUP_INPUTS;
    private static final int SECTION_GROUPS = VectorSection.INPUTS_MAX / GROUP;

    /** Below the smallest magnitude that matters, and large enough that 32767 over it is finite. */
    private static final float SMALLEST = 1e-30f;

    /** 1.5 · 2²³: a sum with it has no fraction, and rounds ties to even. */
    private static final float TO_WHOLE = 0x1.8p23f;

    /** [coarse, fine][GROUP] of the group at hand. */
    private final int[] quants = new int[2 * GROUP];

    /**
     * Quantises row {@code token} of {@code tokens}: {@code width} values from {@code from} on, in
     * whole groups.
     */
    void quantize(float[] x, int from, int width, int token, int tokens, QuantPairs to) {
        float limit = ActivationLayout.PEAK * squares(x, from, width) / width;
        int groups = width / GROUP;
        int sections = token * QuantPairs.sections(width);
        Arrays.fill(to.fineGroups, sections, sections + QuantPairs.sections(width), 0);
        int step = QuantPairs.step(token, tokens);
        int quads = QuantPairs.index(token, tokens, groups);
        int halves = QuantPairs.index(token, tokens, 2 * groups);
        int pairs = QuantPairs.index(token, tokens, width / 2);
        int floats = QuantPairs.index(token, tokens, width);
        for (int group = 0; group < groups; group++) {
            int at = from + group * GROUP;
            int row = token * groups + group;
            float largest = largest(x, at);
            float scale = largest * (1f / ActivationLayout.QUANT_MAX);
            round(x, at, ActivationLayout.QUANT_MAX / Math.max(largest, SMALLEST));
            int pair = pairs + group * QuantPairs.GROUP_PAIRS * step;
            int quantSum = pair(0, to.coarse.pairs, pair, step);
            to.coarse.centres[row] = twice(VectorPanels.NIBBLE_CENTRE * quantSum);
            differences(0, to.coarse.differences, floats + group * GROUP * step, step);
            float sum = scale * quantSum;
            if (step > 1) {
                for (int i = 0; i < GROUP; i++) {
                    to.coarseFloats[floats + (group * GROUP + i) * step] = quants[i];
                }
            }
            to.coarse.scales[quads + group * step] = scale;
            to.coarse.halfScales[halves + 2 * group * step] = scale;
            to.coarse.halfScales[halves + (2 * group + 1) * step] = scale;
            if (largest * largest > limit) {
                float fineScale = scale * (1f / ActivationLayout.FINE_STEPS);
                pair = row * QuantPairs.GROUP_PAIRS;
                quantSum = pair(GROUP, to.fine.pairs, pair, 1);
                to.fine.centres[row] = twice(VectorPanels.NIBBLE_CENTRE * quantSum);
                differences(GROUP, to.fine.differences, row * GROUP, 1);
                sum = Math.fma((float) quantSum, fineScale, sum);
                to.fine.scales[row] = fineScale;
                to.fine.halfScales[2 * row] = fineScale;
                to.fine.halfScales[2 * row + 1] = fineScale;
                to.fineGroups[sections + group / SECTION_GROUPS] |= 1 << group % SECTION_GROUPS;
            }
            to.sum[quads + group * step] = sum;
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

    /**
     * Puts the quants from {@code from} on in pairs, {@code step} ints from one to the next. Gives
     * their sum.
     */
    private int pair(int from, int[] target, int index, int step) {
        int sum = 0;
        int at = index;
        for (int i = from; i < from + GROUP; i += 4, at += 2 * step) {
            int q0 = quants[i];
            int q1 = quants[i + 1];
            int q2 = quants[i + 2];
            int q3 = quants[i + 3];
            target[at] = (q0 & 0xFFFF) | q2 << 16;
            target[at + step] = (q1 & 0xFFFF) | q3 << 16;
            sum += q0 + q1 + q2 + q3;
        }
        return sum;
    }

    private void differences(int from, int[] target, int index, int step) {
        int at = index;
        for (int i = from; i < from + GROUP; i += 4, at += 4 * step) {
            target[at] = twice(quants[i]);
            target[at + step] = twice(quants[i + 1] - 16 * quants[i]);
            target[at + 2 * step] = twice(quants[i + 2] - 16 * quants[i + 1]);
            target[at + 3 * step] = twice(quants[i + 3] - 16 * quants[i + 2]);
        }
    }

    /** The lower half in both. */
    private static int twice(int half) {
        return (half & 0xFFFF) | half << 16;
    }
}
