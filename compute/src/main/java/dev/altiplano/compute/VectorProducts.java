package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorLanes.fold;

import dev.altiplano.compute.quant.TensorFormat;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products. A group of outputs is decoded to f32, then multiplied with every token in tiles
 * of 4 outputs × 4 tokens, whose 16 vectors of partial sums stay in registers.
 *
 * <p>Each element of the result has exactly one vector of partial sums, added to in the order of
 * the inputs and folded in one order at the end. So its bits are the same whatever tile it falls
 * into: alone, in a batch of 16 or of 512, on any thread.
 *
 * <p>Letters: I inputs, O outputs, T tokens; {@code w} [outputs of a group, I], {@code x} [T, I].
 */
final class VectorProducts {
    /** Outputs decoded together for few tokens: the group stays in the first-level cache. */
    private static final int SMALL_GROUP = 4;

    /** For many tokens: each x that comes from afar meets 16 rows of weights. */
    private static final int LARGE_GROUP = 16;

    private static final int TILE = 4;

    private VectorProducts() {}

    /** The floats of scratch that {@link #multiply} needs. */
    static int scratchFloats(int inputsMax) {
        return Math.multiplyExact(LARGE_GROUP, inputsMax + 1);
    }

    static void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            float[] x,
            int tokens,
            float[] out,
            float[] w) {
        int inputs = projection.inputs();
        int outputs = projection.outputs();
        int group = tokens <= TILE ? SMALL_GROUP : LARGE_GROUP;
        for (int first = fromOutput; first < toOutput; first += group) {
            int rows = Math.min(group, toOutput - first);
            decode(projection, first, rows, w);
            int token = 0;
            for (; token + TILE <= tokens; token += TILE) {
                int row = 0;
                for (; row + TILE <= rows; row += TILE) {
                    int to = token * outputs + first + row;
                    tile4x4(w, row * inputs, x, token * inputs, inputs, out, to, outputs);
                }
                for (; row < rows; row++) {
                    for (int t = token; t < token + TILE; t++) {
                        out[t * outputs + first + row] =
                                dot(w, row * inputs, x, t * inputs, inputs);
                    }
                }
            }
            for (; token < tokens; token++) {
                oneToken(w, rows, x, token * inputs, inputs, out, token * outputs + first);
            }
        }
    }

    private static void oneToken(
            float[] w, int rows, float[] x, int xIndex, int inputs, float[] out, int to) {
        int row = 0;
        for (; row + TILE <= rows; row += TILE) {
            tile4x1(w, row * inputs, x, xIndex, inputs, out, to + row);
        }
        for (; row < rows; row++) {
            out[to + row] = dot(w, row * inputs, x, xIndex, inputs);
        }
    }

    /** Rows {@code first} to {@code first + rows - 1} as f32 into {@code w} [rows, inputs]. */
    private static void decode(Projection projection, int first, int rows, float[] w) {
        Tensor weights = projection.weights();
        TensorFormat format = weights.format();
        int inputs = projection.inputs();
        switch (projection.layout()) {
            case OUTPUT_MAJOR -> {
                long rowBytes = weights.rowBytes();
                long offset = (projection.firstOutput() + first) * rowBytes;
                for (int row = 0; row < rows; row++, offset += rowBytes) {
                    VectorDecoders.decode(format, weights.bytes(), offset, w, row * inputs, inputs);
                }
            }
            case INPUT_MAJOR -> {
                int columns = rows * inputs; // behind the rows: a few weights of one input
                long offset = format.sizeBytes(projection.firstOutput() + first);
                for (int input = 0; input < inputs; input++, offset += weights.rowBytes()) {
                    VectorDecoders.decode(format, weights.bytes(), offset, w, columns, rows);
                    for (int row = 0; row < rows; row++) {
                        w[row * inputs + input] = w[columns + row];
                    }
                }
            }
        }
    }

    private static float dot(float[] w, int wIndex, float[] x, int xIndex, int length) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int bound = length - length % LANES;
        for (int i = 0; i < bound; i += LANES) {
            FloatVector weights = FloatVector.fromArray(FLOATS, w, wIndex + i);
            sums = weights.fma(FloatVector.fromArray(FLOATS, x, xIndex + i), sums);
        }
        return withTail(fold(sums), w, wIndex, x, xIndex, bound, length);
    }

    /** Adds the products that fill no vector, after the others. */
    private static float withTail(
            float sum, float[] w, int wIndex, float[] x, int xIndex, int from, int length) {
        float total = sum;
        for (int i = from; i < length; i++) {
            total = Math.fma(w[wIndex + i], x[xIndex + i], total);
        }
        return total;
    }

    /** Four outputs of one token. */
    private static void tile4x1(
            float[] w, int wIndex, float[] x, int xIndex, int length, float[] out, int to) {
        int w1 = wIndex + length;
        int w2 = w1 + length;
        int w3 = w2 + length;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int bound = length - length % LANES;
        for (int i = 0; i < bound; i += LANES) {
            FloatVector xs = FloatVector.fromArray(FLOATS, x, xIndex + i);
            a0 = FloatVector.fromArray(FLOATS, w, wIndex + i).fma(xs, a0);
            a1 = FloatVector.fromArray(FLOATS, w, w1 + i).fma(xs, a1);
            a2 = FloatVector.fromArray(FLOATS, w, w2 + i).fma(xs, a2);
            a3 = FloatVector.fromArray(FLOATS, w, w3 + i).fma(xs, a3);
        }
        out[to] = withTail(fold(a0), w, wIndex, x, xIndex, bound, length);
        out[to + 1] = withTail(fold(a1), w, w1, x, xIndex, bound, length);
        out[to + 2] = withTail(fold(a2), w, w2, x, xIndex, bound, length);
        out[to + 3] = withTail(fold(a3), w, w3, x, xIndex, bound, length);
    }

    /** Four outputs of four tokens; {@code aRT} sums row R of w and token T. */
    private static void tile4x4(
            float[] w,
            int wIndex,
            float[] x,
            int xIndex,
            int length,
            float[] out,
            int to,
            int outStep) {
        int w1 = wIndex + length;
        int w2 = w1 + length;
        int w3 = w2 + length;
        int x1 = xIndex + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = a00;
        FloatVector a02 = a00;
        FloatVector a03 = a00;
        FloatVector a10 = a00;
        FloatVector a11 = a00;
        FloatVector a12 = a00;
        FloatVector a13 = a00;
        FloatVector a20 = a00;
        FloatVector a21 = a00;
        FloatVector a22 = a00;
        FloatVector a23 = a00;
        FloatVector a30 = a00;
        FloatVector a31 = a00;
        FloatVector a32 = a00;
        FloatVector a33 = a00;
        int bound = length - length % LANES;
        for (int i = 0; i < bound; i += LANES) {
            FloatVector t0 = FloatVector.fromArray(FLOATS, x, xIndex + i);
            FloatVector t1 = FloatVector.fromArray(FLOATS, x, x1 + i);
            FloatVector t2 = FloatVector.fromArray(FLOATS, x, x2 + i);
            FloatVector t3 = FloatVector.fromArray(FLOATS, x, x3 + i);
            FloatVector row = FloatVector.fromArray(FLOATS, w, wIndex + i);
            a00 = row.fma(t0, a00);
            a01 = row.fma(t1, a01);
            a02 = row.fma(t2, a02);
            a03 = row.fma(t3, a03);
            row = FloatVector.fromArray(FLOATS, w, w1 + i);
            a10 = row.fma(t0, a10);
            a11 = row.fma(t1, a11);
            a12 = row.fma(t2, a12);
            a13 = row.fma(t3, a13);
            row = FloatVector.fromArray(FLOATS, w, w2 + i);
            a20 = row.fma(t0, a20);
            a21 = row.fma(t1, a21);
            a22 = row.fma(t2, a22);
            a23 = row.fma(t3, a23);
            row = FloatVector.fromArray(FLOATS, w, w3 + i);
            a30 = row.fma(t0, a30);
            a31 = row.fma(t1, a31);
            a32 = row.fma(t2, a32);
            a33 = row.fma(t3, a33);
        }
        int to1 = to + outStep;
        int to2 = to1 + outStep;
        int to3 = to2 + outStep;
        out[to] = withTail(fold(a00), w, wIndex, x, xIndex, bound, length);
        out[to + 1] = withTail(fold(a10), w, w1, x, xIndex, bound, length);
        out[to + 2] = withTail(fold(a20), w, w2, x, xIndex, bound, length);
        out[to + 3] = withTail(fold(a30), w, w3, x, xIndex, bound, length);
        out[to1] = withTail(fold(a01), w, wIndex, x, x1, bound, length);
        out[to1 + 1] = withTail(fold(a11), w, w1, x, x1, bound, length);
        out[to1 + 2] = withTail(fold(a21), w, w2, x, x1, bound, length);
        out[to1 + 3] = withTail(fold(a31), w, w3, x, x1, bound, length);
        out[to2] = withTail(fold(a02), w, wIndex, x, x2, bound, length);
        out[to2 + 1] = withTail(fold(a12), w, w1, x, x2, bound, length);
        out[to2 + 2] = withTail(fold(a22), w, w2, x, x2, bound, length);
        out[to2 + 3] = withTail(fold(a32), w, w3, x, x2, bound, length);
        out[to3] = withTail(fold(a03), w, wIndex, x, x3, bound, length);
        out[to3 + 1] = withTail(fold(a13), w, w1, x, x3, bound, length);
        out[to3 + 2] = withTail(fold(a23), w, w2, x, x3, bound, length);
        out[to3 + 3] = withTail(fold(a33), w, w3, x, x3, bound, length);
    }
}
