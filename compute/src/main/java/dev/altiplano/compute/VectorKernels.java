package dev.altiplano.compute;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API: portable, for any width of vector. Each element of a product has one
 * vector of partial sums, added to in the order of the columns, then folded in halves; so its bits
 * do not depend on the batch. {@code reduceLanes} would leave the order to the compiler.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final ScalarKernels scalar = new ScalarKernels();

    @Override
    public KernelTier tier() {
        return KernelTier.VECTOR;
    }

    @Override
    public Scratch newScratch(int inputsMax) {
        return scalar.newScratch(inputsMax);
    }

    @Override
    public void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            float[] x,
            int tokens,
            float[] out,
            Scratch scratch) {
        int inputs = projection.inputs();
        float[] weights = scratch.floats;
        for (int output = fromOutput; output < toOutput; output++) {
            projection.decodeOutput(output, weights);
            for (int token = 0; token < tokens; token++) {
                out[token * projection.outputs() + output] =
                        dot(weights, x, token * inputs, inputs);
            }
        }
    }

    private static float dot(float[] weights, float[] x, int index, int length) {
        FloatVector sums = FloatVector.zero(LANES);
        int bound = LANES.loopBound(length);
        for (int i = 0; i < bound; i += LANES.length()) {
            FloatVector w = FloatVector.fromArray(LANES, weights, i);
            sums = w.fma(FloatVector.fromArray(LANES, x, index + i), sums);
        }
        float sum = fold(sums);
        for (int i = bound; i < length; i++) {
            sum = Math.fma(weights[i], x[index + i], sum);
        }
        return sum;
    }

    private static float fold(FloatVector sums) {
        FloatVector folded = sums;
        for (int half = LANES.length() / 2; half > 0; half /= 2) {
            folded = folded.add(folded.rearrange(VectorShuffle.iota(LANES, half, 1, true)));
        }
        return folded.lane(0);
    }

    @Override
    public void rmsNorm(float[] x, int index, float[] weight, float epsilon, float[] out) {
        scalar.rmsNorm(x, index, weight, epsilon, out);
    }

    @Override
    public void normalize(float[] x, int index, int length, float epsilon) {
        scalar.normalize(x, index, length, epsilon);
    }

    @Override
    public void rotate(
            float[] x,
            int index,
            int headDim,
            RotaryPairs pairs,
            float[] rotation,
            int rotationIndex) {
        scalar.rotate(x, index, headDim, pairs, rotation, rotationIndex);
    }

    @Override
    public void attend(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] out,
            Scratch scratch) {
        scalar.attend(q, index, queryHeads, scale, span, out, scratch);
    }

    @Override
    public void siluMultiply(float[] gate, float[] up, int from, int to) {
        scalar.siluMultiply(gate, up, from, to);
    }

    @Override
    public void add(float[] x, float[] y, int from, int to) {
        scalar.add(x, y, from, to);
    }
}
