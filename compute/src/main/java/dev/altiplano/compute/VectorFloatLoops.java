package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Weights of 16 bits, F16 and BF16, decoded to f32 and multiplied with f32 activations. A lane is a
 * row: a panel has as many rows as four vectors have lanes. Four tokens take half of them at a
 * time; one token takes all, so that four sums wait for no other.
 */
final class VectorFloatLoops implements VectorPanelLoops {
    static final int ROWS = 2 * WIDTH;

    /** So many inputs of a panel that is decoded for one token stay in the first-level cache. */
    private static final int INPUTS_AT_ONCE = 64;

    private static final int TOKENS = QuantPairs.QUAD;

    /** [inputs, ROWS] */
    private final float[] apart = new float[VectorSection.INPUTS_MAX * ROWS];

    private final float[] sums = new float[ROWS];

    @Override
    public void takeApart(VectorPanelSection section) {
        section.decode(0, section.inputs, apart);
    }

    @Override
    public void addQuad(VectorPanelSection section, int token, float[] out, int index) {
        int x = section.inQuads(token, 1);
        for (int row = 0; row < ROWS; row += WIDTH) {
            addQuad(apart, row, section.quads, x, section.inputs, out, index + row);
        }
    }

    @Override
    public void addToken(VectorPanelSection section, int token, float[] out, int index) {
        Arrays.fill(sums, 0);
        for (int first = 0; first < section.inputs; first += INPUTS_AT_ONCE) {
            int count = Math.min(INPUTS_AT_ONCE, section.inputs - first);
            section.decode(first, count, apart);
            int x = token * section.width + section.input + first;
            addToken(apart, section.values, x, count, sums);
        }
        for (int row = 0; row < ROWS; row++) {
            out[index + row] += sums[row];
        }
    }

    /**
     * @param w [inputs, ROWS], of which WIDTH from {@code row} on are taken
     * @param x [inputs, tokens] from {@code xIndex} on
     */
    private static void addQuad(
            float[] w, int row, float[] x, int xIndex, int inputs, float[] out, int index) {
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = a00;
        FloatVector a02 = a00;
        FloatVector a03 = a00;
        FloatVector a10 = a00;
        FloatVector a11 = a00;
        FloatVector a12 = a00;
        FloatVector a13 = a00;
        for (int i = 0; i < inputs; i++) {
            int at = row + i * ROWS;
            int xs = xIndex + i * TOKENS;
            FloatVector first = FloatVector.fromArray(FLOATS, w, at);
            FloatVector second = FloatVector.fromArray(FLOATS, w, at + LANES);
            FloatVector t = FloatVector.broadcast(FLOATS, x[xs]);
            a00 = first.fma(t, a00);
            a10 = second.fma(t, a10);
            t = FloatVector.broadcast(FLOATS, x[xs + 1]);
            a01 = first.fma(t, a01);
            a11 = second.fma(t, a11);
            t = FloatVector.broadcast(FLOATS, x[xs + 2]);
            a02 = first.fma(t, a02);
            a12 = second.fma(t, a12);
            t = FloatVector.broadcast(FLOATS, x[xs + 3]);
            a03 = first.fma(t, a03);
            a13 = second.fma(t, a13);
        }
        add(a00, a10, out, index);
        add(a01, a11, out, index + ROWS);
        add(a02, a12, out, index + 2 * ROWS);
        add(a03, a13, out, index + 3 * ROWS);
    }

    private static void add(FloatVector first, FloatVector second, float[] out, int index) {
        FloatVector.fromArray(FLOATS, out, index).add(first).intoArray(out, index);
        int next = index + LANES;
        FloatVector.fromArray(FLOATS, out, next).add(second).intoArray(out, next);
    }

    /**
     * @param w [inputs, ROWS]
     * @param x [inputs] from {@code xIndex} on
     * @param sums [ROWS], which go on
     */
    private static void addToken(float[] w, float[] x, int xIndex, int inputs, float[] sums) {
        FloatVector a = FloatVector.fromArray(FLOATS, sums, 0);
        FloatVector b = FloatVector.fromArray(FLOATS, sums, LANES);
        FloatVector c = FloatVector.fromArray(FLOATS, sums, 2 * LANES);
        FloatVector d = FloatVector.fromArray(FLOATS, sums, 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            FloatVector t = FloatVector.broadcast(FLOATS, x[xIndex + i]);
            int at = i * ROWS;
            a = FloatVector.fromArray(FLOATS, w, at).fma(t, a);
            b = FloatVector.fromArray(FLOATS, w, at + LANES).fma(t, b);
            c = FloatVector.fromArray(FLOATS, w, at + 2 * LANES).fma(t, c);
            d = FloatVector.fromArray(FLOATS, w, at + 3 * LANES).fma(t, d);
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, LANES);
        c.intoArray(sums, 2 * LANES);
        d.intoArray(sums, 3 * LANES);
    }
}
