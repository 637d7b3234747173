package dev.altiplano.compute;

import static dev.altiplano.compute.KvLayout.BLOCK_TOKENS;

import dev.altiplano.compute.quant.KvTile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The truth: every kernel as its equation says, one number after the other, sums in double so that
 * the order hardly matters. It judges the other tiers: do not tune it.
 */
final class ScalarKernels implements Kernels {
    @Override
    public KernelTier tier() {
        return KernelTier.SCALAR;
    }

    @Override
    public Scratch newScratch(int inputsMax) {
        return new Scratch(inputsMax, inputsMax);
    }

    @Override
    public void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            Inputs x,
            float[] out,
            Scratch scratch) {
        int inputs = projection.inputs();
        int outputs = projection.outputs();
        float[] weights = scratch.floats;
        for (int output = fromOutput; output < toOutput; output++) {
            projection.decodeOutput(output, weights);
            for (int token = 0; token < x.tokens; token++) {
                double sum = 0;
                for (int i = 0; i < inputs; i++) {
                    sum += (double) weights[i] * x.values[token * inputs + i];
                }
                out[token * outputs + output] = (float) sum;
            }
        }
    }

    @Override
    public void rmsNorm(
            float[] x, int index, float[] weight, float epsilon, float[] out, Scratch scratch) {
        float scale = inverseRootMeanSquare(x, index, weight.length, epsilon);
        for (int i = 0; i < weight.length; i++) {
            out[index + i] = weight[i] * (x[index + i] * scale);
        }
    }

    @Override
    public void normalize(float[] x, int index, int length, float epsilon) {
        float scale = inverseRootMeanSquare(x, index, length, epsilon);
        for (int i = index; i < index + length; i++) {
            x[i] *= scale;
        }
    }

    private static float inverseRootMeanSquare(float[] x, int index, int length, float epsilon) {
        double squares = 0;
        for (int i = index; i < index + length; i++) {
            squares += (double) x[i] * x[i];
        }
        return (float) (1 / Math.sqrt(squares / length + epsilon));
    }

    @Override
    public void rotate(
            float[] x,
            int index,
            int headDim,
            RotaryPairs pairs,
            float[] rotation,
            int rotationIndex) {
        for (int i = 0; i < headDim / 2; i++) {
            int first =
                    switch (pairs) {
                        case ADJACENT -> index + 2 * i;
                        case HALF_SPLIT -> index + i;
                    };
            int second =
                    switch (pairs) {
                        case ADJACENT -> first + 1;
                        case HALF_SPLIT -> first + headDim / 2;
                    };
            float cos = rotation[rotationIndex + 2 * i];
            float sin = rotation[rotationIndex + 2 * i + 1];
            float a = x[first];
            float b = x[second];
            x[first] = a * cos - b * sin;
            x[second] = a * sin + b * cos;
        }
    }

    @Override
    public void attendRange(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] parts,
            int partIndex,
            Scratch scratch) {
        int headDim = span.layout.headDim();
        double[] sums = scratch.doubles;
        for (int head = 0; head < queryHeads; head++) {
            int at = index + head * headDim;
            double max = largestScore(q, at, scale, span);
            double total = sumValues(q, at, scale, span, max, sums);
            for (int i = 0; i < headDim; i++) {
                parts[partIndex + head * headDim + i] = (float) (sums[i] / total);
            }
            float largest = (float) max;
            parts[partIndex + AttentionPart.largest(queryHeads, headDim, head)] = largest;
            parts[partIndex + AttentionPart.weightSum(queryHeads, headDim, head)] =
                    (float) (total * Math.exp(max - largest));
        }
    }

    private static double largestScore(float[] q, int index, float scale, KvSpan span) {
        double max = Double.NEGATIVE_INFINITY;
        for (int position = span.fromPosition; position < span.toPosition; position++) {
            max = Math.max(max, score(q, index, scale, span, position));
        }
        return max;
    }

    /**
     * The weighted values of one head into {@code sums}; gives the sum of weights. Computes each
     * score anew: it needs no memory for them.
     */
    private static double sumValues(
            float[] q, int index, float scale, KvSpan span, double max, double[] sums) {
        KvTile tile = span.layout.tile();
        int headDim = tile.headDim();
        long at = span.layout.tileOffset(span.layer, span.kvHead);
        Arrays.fill(sums, 0, headDim, 0);
        double total = 0;
        for (int position = span.fromPosition; position < span.toPosition; position++) {
            double weight = Math.exp(score(q, index, scale, span, position) - max);
            total += weight;
            MemorySegment block = span.blocks[position / BLOCK_TOKENS];
            for (int i = 0; i < headDim; i++) {
                sums[i] += weight * tile.value(block, at, position % BLOCK_TOKENS, i);
            }
        }
        return total;
    }

    private static double score(float[] q, int index, float scale, KvSpan span, int position) {
        MemorySegment block = span.blocks[position / BLOCK_TOKENS];
        KvTile tile = span.layout.tile();
        long at = span.layout.tileOffset(span.layer, span.kvHead);
        double sum = 0;
        for (int i = 0; i < tile.headDim(); i++) {
            sum += (double) q[index + i] * tile.key(block, at, position % BLOCK_TOKENS, i);
        }
        return sum * scale;
    }

    @Override
    public void siluMultiply(float[] gate, float[] up, int from, int to, Scratch scratch) {
        for (int i = from; i < to; i++) {
            gate[i] = (float) (gate[i] / (1 + Math.exp(-gate[i]))) * up[i];
        }
    }

    @Override
    public void add(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] += y[i];
        }
    }
}
