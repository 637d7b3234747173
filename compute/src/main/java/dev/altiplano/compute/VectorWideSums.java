package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.RESULTS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * The loops of {@link VectorSums} for wide quants, whole bytes, which have no minimums; shaped for
 * the compiler like those.
 */
final class VectorWideSums {
    private static final int TOKENS = QuantPairs.QUAD;
    private static final long WORD_BYTES = (long) Integer.BYTES * LANES;

    private VectorWideSums() {}

    /**
     * As {@link VectorSums#sumsOfQuad}, of whole numbers as f32, whose sums are exact.
     *
     * @param w [inputs, panels, LANES]
     * @param x [inputs, tokens] from {@code xIndex} on
     * @param sums [groups, tokens, panels, LANES]
     */
    static void sumsOfQuad(float[] w, float[] x, int xIndex, int groups, float[] sums) {
        for (int group = 0; group < groups; group++) {
            FloatVector a00 = FloatVector.zero(FLOATS);
            FloatVector a01 = a00;
            FloatVector a02 = a00;
            FloatVector a03 = a00;
            FloatVector a10 = a00;
            FloatVector a11 = a00;
            FloatVector a12 = a00;
            FloatVector a13 = a00;
            int w0 = group * QuantPairs.GROUP_INPUTS * RESULTS;
            int x0 = xIndex + group * QuantPairs.GROUP_INPUTS * TOKENS;
            for (int i = 0; i < QuantPairs.GROUP_INPUTS; i++) {
                int at = w0 + i * RESULTS;
                int xs = x0 + i * TOKENS;
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
            int to = group * TOKENS * RESULTS;
            a00.intoArray(sums, to);
            a10.intoArray(sums, to + LANES);
            a01.intoArray(sums, to + 2 * LANES);
            a11.intoArray(sums, to + 3 * LANES);
            a02.intoArray(sums, to + 4 * LANES);
            a12.intoArray(sums, to + 5 * LANES);
            a03.intoArray(sums, to + 6 * LANES);
            a13.intoArray(sums, to + 7 * LANES);
        }
    }

    /** As {@link VectorSums#addScaledOfQuad}, of the sums of {@link #sumsOfQuad}. */
    static void addScaledOfQuad(
            float[] sums,
            int sum,
            float[] scales,
            float[] xScales,
            int xScale,
            int groups,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + RESULTS);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, index + 2 * RESULTS);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, index + 3 * RESULTS);
        for (int group = 0; group < groups; group++) {
            int at = sum + group * TOKENS * RESULTS;
            int xs = xScale + group * TOKENS;
            FloatVector scale = FloatVector.fromArray(FLOATS, scales, group * LANES);
            t0 =
                    FloatVector.fromArray(FLOATS, sums, at)
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs]))
                            .fma(scale, t0);
            t1 =
                    FloatVector.fromArray(FLOATS, sums, at + RESULTS)
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 1]))
                            .fma(scale, t1);
            t2 =
                    FloatVector.fromArray(FLOATS, sums, at + 2 * RESULTS)
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 2]))
                            .fma(scale, t2);
            t3 =
                    FloatVector.fromArray(FLOATS, sums, at + 3 * RESULTS)
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 3]))
                            .fma(scale, t3);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + RESULTS);
        t2.intoArray(out, index + 2 * RESULTS);
        t3.intoArray(out, index + 3 * RESULTS);
    }

    /**
     * As {@link VectorSums#addBytes}: two products fit 16 bits, so they are summed in 32. Two words
     * at a time, eight to a group.
     */
    static void addBytes(
            MemorySegment panel,
            long words,
            float[] scales,
            int scale,
            int[] x,
            int xIndex,
            float[] xScales,
            int group,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        IntVector sum = IntVector.zero(INTS);
        for (int pair = 0; pair < 4 * groups; pair++) {
            long at = words + pair * (2 * WORD_BYTES);
            int i = xIndex + 4 * pair;
            ShortVector v =
                    IntVector.fromMemorySegment(INTS, panel, at, LITTLE_ENDIAN)
                            .reinterpretAsShorts();
            ShortVector t = IntVector.broadcast(INTS, x[i]).reinterpretAsShorts();
            ShortVector u = IntVector.broadcast(INTS, x[i + 1]).reinterpretAsShorts();
            IntVector halves =
                    v.lanewise(LSHL, 8)
                            .lanewise(ASHR, 8)
                            .mul(t)
                            .add(v.lanewise(ASHR, 8).mul(u))
                            .reinterpretAsInts();
            sum = sum.add(halves.lanewise(LSHL, 16).lanewise(ASHR, 16));
            sum = sum.add(halves.lanewise(ASHR, 16));
            v =
                    IntVector.fromMemorySegment(INTS, panel, at + WORD_BYTES, LITTLE_ENDIAN)
                            .reinterpretAsShorts();
            t = IntVector.broadcast(INTS, x[i + 2]).reinterpretAsShorts();
            u = IntVector.broadcast(INTS, x[i + 3]).reinterpretAsShorts();
            halves =
                    v.lanewise(LSHL, 8)
                            .lanewise(ASHR, 8)
                            .mul(t)
                            .add(v.lanewise(ASHR, 8).mul(u))
                            .reinterpretAsInts();
            sum = sum.add(halves.lanewise(LSHL, 16).lanewise(ASHR, 16));
            sum = sum.add(halves.lanewise(ASHR, 16));
            if ((pair & 3) == 3) {
                int g = pair >> 2;
                total =
                        ((FloatVector) sum.convert(I2F, 0))
                                .mul(FloatVector.broadcast(FLOATS, xScales[group + g]))
                                .fma(
                                        FloatVector.fromArray(FLOATS, scales, scale + g * LANES),
                                        total);
                sum = IntVector.zero(INTS);
            }
        }
        total.intoArray(out, index);
    }
}
