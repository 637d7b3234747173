package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the loops of all forms of packed weights share: exact sums of products in halves of 16 bits,
 * for four tokens, and what the minimums add.
 *
 * <p>The shape of these methods is for the compiler. They are bound by how many instructions they
 * have: so a panel is two vectors wide, which share an activation and its address, and what is used
 * together lies side by side. Many more operations in a method put vectors on the heap: so the sums
 * of four tokens go through memory. A small method that has been compiled into a large one is not
 * inlined: so there are no helpers in loops. To enter a loop over a segment takes some hundred
 * instructions, and a store in it makes each turn check the segment anew: so words and groups are
 * one loop there, and sums stay in registers.
 *
 * <p>Letters: {@code w} weights taken apart, {@code x} quants of {@link QuantPairs}.
 */
final class VectorSums {
    /** Lanes of a panel: those of two vectors. */
    static final int WIDTH = 2 * LANES;

    static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, INTS.vectorShape());

    private static final int TOKENS = QuantPairs.QUAD;

    private VectorSums() {}

    /**
     * The sums of a quad of tokens, half by half.
     *
     * @param w [steps, WIDTH]
     * @param x [steps, tokens] from {@code xIndex} on
     * @param steps of a group
     * @param sums [groups, tokens, WIDTH]
     */
    static void sumsOfQuad(int[] w, int[] x, int xIndex, int groups, int steps, int[] sums) {
        for (int group = 0; group < groups; group++) {
            ShortVector a00 = ShortVector.zero(SHORTS);
            ShortVector a01 = a00;
            ShortVector a02 = a00;
            ShortVector a03 = a00;
            ShortVector a10 = a00;
            ShortVector a11 = a00;
            ShortVector a12 = a00;
            ShortVector a13 = a00;
            int w0 = group * steps * WIDTH;
            int x0 = xIndex + group * steps * TOKENS;
            for (int i = 0; i < steps; i++) {
                int at = w0 + i * WIDTH;
                int xs = x0 + i * TOKENS;
                ShortVector first = IntVector.fromArray(INTS, w, at).reinterpretAsShorts();
                ShortVector second = IntVector.fromArray(INTS, w, at + LANES).reinterpretAsShorts();
                ShortVector t = IntVector.broadcast(INTS, x[xs]).reinterpretAsShorts();
                a00 = a00.add(first.mul(t));
                a10 = a10.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[xs + 1]).reinterpretAsShorts();
                a01 = a01.add(first.mul(t));
                a11 = a11.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[xs + 2]).reinterpretAsShorts();
                a02 = a02.add(first.mul(t));
                a12 = a12.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[xs + 3]).reinterpretAsShorts();
                a03 = a03.add(first.mul(t));
                a13 = a13.add(second.mul(t));
            }
            int to = group * TOKENS * WIDTH;
            a00.reinterpretAsInts().intoArray(sums, to);
            a10.reinterpretAsInts().intoArray(sums, to + LANES);
            a01.reinterpretAsInts().intoArray(sums, to + WIDTH);
            a11.reinterpretAsInts().intoArray(sums, to + WIDTH + LANES);
            a02.reinterpretAsInts().intoArray(sums, to + 2 * WIDTH);
            a12.reinterpretAsInts().intoArray(sums, to + 2 * WIDTH + LANES);
            a03.reinterpretAsInts().intoArray(sums, to + 3 * WIDTH);
            a13.reinterpretAsInts().intoArray(sums, to + 3 * WIDTH + LANES);
        }
    }

    /**
     * {@code out += Σ x sum · minimum} for a quad of tokens and WIDTH rows.
     *
     * @param minimums [groups, rows] from {@code minimum} on
     * @param xSums [groups, tokens] from {@code xGroup} on
     * @param out [tokens, rows] from {@code index} on
     */
    static void addMinimumsOfQuad(
            float[] minimums,
            int minimum,
            int rows,
            float[] xSums,
            int xGroup,
            int groups,
            float[] out,
            int index) {
        int i1 = index + rows;
        int i2 = i1 + rows;
        int i3 = i2 + rows;
        FloatVector t00 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t01 = FloatVector.fromArray(FLOATS, out, i1);
        FloatVector t02 = FloatVector.fromArray(FLOATS, out, i2);
        FloatVector t03 = FloatVector.fromArray(FLOATS, out, i3);
        FloatVector t10 = FloatVector.fromArray(FLOATS, out, index + LANES);
        FloatVector t11 = FloatVector.fromArray(FLOATS, out, i1 + LANES);
        FloatVector t12 = FloatVector.fromArray(FLOATS, out, i2 + LANES);
        FloatVector t13 = FloatVector.fromArray(FLOATS, out, i3 + LANES);
        for (int group = 0; group < groups; group++) {
            int at = minimum + group * rows;
            int xs = xGroup + group * TOKENS;
            FloatVector first = FloatVector.fromArray(FLOATS, minimums, at);
            FloatVector second = FloatVector.fromArray(FLOATS, minimums, at + LANES);
            FloatVector x = FloatVector.broadcast(FLOATS, xSums[xs]);
            t00 = first.fma(x, t00);
            t10 = second.fma(x, t10);
            x = FloatVector.broadcast(FLOATS, xSums[xs + 1]);
            t01 = first.fma(x, t01);
            t11 = second.fma(x, t11);
            x = FloatVector.broadcast(FLOATS, xSums[xs + 2]);
            t02 = first.fma(x, t02);
            t12 = second.fma(x, t12);
            x = FloatVector.broadcast(FLOATS, xSums[xs + 3]);
            t03 = first.fma(x, t03);
            t13 = second.fma(x, t13);
        }
        t00.intoArray(out, index);
        t01.intoArray(out, i1);
        t02.intoArray(out, i2);
        t03.intoArray(out, i3);
        t10.intoArray(out, index + LANES);
        t11.intoArray(out, i1 + LANES);
        t12.intoArray(out, i2 + LANES);
        t13.intoArray(out, i3 + LANES);
    }

    /** The same for one token. */
    static void addMinimums(
            float[] minimums,
            int minimum,
            int rows,
            float[] xSums,
            int xGroup,
            int groups,
            float[] out,
            int index) {
        FloatVector first = FloatVector.fromArray(FLOATS, out, index);
        FloatVector second = FloatVector.fromArray(FLOATS, out, index + LANES);
        for (int group = 0; group < groups; group++) {
            int at = minimum + group * rows;
            FloatVector x = FloatVector.broadcast(FLOATS, xSums[xGroup + group]);
            first = FloatVector.fromArray(FLOATS, minimums, at).fma(x, first);
            second = FloatVector.fromArray(FLOATS, minimums, at + LANES).fma(x, second);
        }
        first.intoArray(out, index);
        second.intoArray(out, index + LANES);
    }
}
