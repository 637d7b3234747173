package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorPanels.NIBBLES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of products with quantised weights: first the exact sums of each group's products, then
 * their scales. Lane i of a vector sums the products of row i; in the halves of a lane lie the sums
 * over the first and over the second inputs of the pairs.
 *
 * <p>The shape of these methods is for the compiler. They are bound by how many instructions they
 * have: so what is used together lies side by side and shares an address. A method of many vector
 * operations puts vectors on the heap: so loops hold few, and the sums of four tokens go through
 * memory. A small method that has been compiled into a large one is not inlined: so there are no
 * helpers. What is inlined adds to its caller's graph: so the largest have over 325 bytes, the size
 * from which a method stays by itself. And to enter a loop over a segment takes some hundred
 * instructions, and a store in it makes each turn check the segment anew: so words and groups are
 * one loop there, and sums stay in registers.
 *
 * <p>Letters: {@code w} weights, as {@link VectorPanels} packs them or taken apart, {@code x}
 * quants of {@link QuantPairs}.
 */
final class VectorSums {
    /** Panels that {@link #sumsOfQuad} takes. */
    static final int PANELS = 2;

    /** Results of a token: those of both panels. */
    static final int RESULTS = PANELS * LANES;

    private static final int TOKENS = QuantPairs.QUAD;
    private static final long WORD_BYTES = (long) Integer.BYTES * LANES;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, INTS.vectorShape());

    private VectorSums() {}

    /**
     * Two panels that were taken apart, a quad of tokens.
     *
     * @param w [pairs, panels, LANES]
     * @param x [pairs, tokens] from {@code xIndex} on
     * @param pairs of a group
     * @param sums [groups, tokens, panels, LANES]
     */
    static void sumsOfQuad(int[] w, int[] x, int xIndex, int groups, int pairs, int[] sums) {
        for (int group = 0; group < groups; group++) {
            ShortVector a00 = ShortVector.zero(SHORTS);
            ShortVector a01 = a00;
            ShortVector a02 = a00;
            ShortVector a03 = a00;
            ShortVector a10 = a00;
            ShortVector a11 = a00;
            ShortVector a12 = a00;
            ShortVector a13 = a00;
            int w0 = group * pairs * RESULTS;
            int x0 = xIndex + group * pairs * TOKENS;
            for (int i = 0; i < pairs; i++) {
                int at = w0 + i * RESULTS;
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
            int to = group * TOKENS * RESULTS;
            a00.reinterpretAsInts().intoArray(sums, to);
            a10.reinterpretAsInts().intoArray(sums, to + LANES);
            a01.reinterpretAsInts().intoArray(sums, to + 2 * LANES);
            a11.reinterpretAsInts().intoArray(sums, to + 3 * LANES);
            a02.reinterpretAsInts().intoArray(sums, to + 4 * LANES);
            a12.reinterpretAsInts().intoArray(sums, to + 5 * LANES);
            a03.reinterpretAsInts().intoArray(sums, to + 6 * LANES);
            a13.reinterpretAsInts().intoArray(sums, to + 7 * LANES);
        }
    }

    /**
     * Scales the sums of {@link #sumsOfQuad}: {@code out += Σ sum · x scale · weight scale}, then
     * {@code out += Σ x sum · minimum} where there are minimums, for one panel.
     *
     * @param sum where the panel's sums of the first token begin
     * @param scales [groups, LANES] of the weights
     * @param minimum where the minimums begin in {@code scales}; 0 for none
     * @param xScales [groups, tokens] from {@code xGroup} on, as {@code xSums}
     * @param out [tokens, panels, LANES] from {@code index} on
     */
    static void addScaledOfQuad(
            int[] sums,
            int sum,
            float[] scales,
            int minimum,
            float[] xScales,
            float[] xSums,
            int xGroup,
            int groups,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + RESULTS);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, index + 2 * RESULTS);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, index + 3 * RESULTS);
        FloatVector m0 = FloatVector.zero(FLOATS);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        for (int group = 0; group < groups; group++) {
            int at = sum + group * TOKENS * RESULTS;
            int xs = xGroup + group * TOKENS;
            FloatVector scale = FloatVector.fromArray(FLOATS, scales, group * LANES);
            IntVector halves = IntVector.fromArray(INTS, sums, at);
            t0 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs]))
                            .fma(scale, t0);
            halves = IntVector.fromArray(INTS, sums, at + RESULTS);
            t1 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 1]))
                            .fma(scale, t1);
            halves = IntVector.fromArray(INTS, sums, at + 2 * RESULTS);
            t2 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 2]))
                            .fma(scale, t2);
            halves = IntVector.fromArray(INTS, sums, at + 3 * RESULTS);
            t3 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(FloatVector.broadcast(FLOATS, xScales[xs + 3]))
                            .fma(scale, t3);
            if (minimum > 0) {
                FloatVector m = FloatVector.fromArray(FLOATS, scales, minimum + group * LANES);
                m0 = m.fma(FloatVector.broadcast(FLOATS, xSums[xs]), m0);
                m1 = m.fma(FloatVector.broadcast(FLOATS, xSums[xs + 1]), m1);
                m2 = m.fma(FloatVector.broadcast(FLOATS, xSums[xs + 2]), m2);
                m3 = m.fma(FloatVector.broadcast(FLOATS, xSums[xs + 3]), m3);
            }
        }
        if (minimum > 0) {
            t0 = t0.add(m0);
            t1 = t1.add(m1);
            t2 = t2.add(m2);
            t3 = t3.add(m3);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + RESULTS);
        t2.intoArray(out, index + 2 * RESULTS);
        t3.intoArray(out, index + 3 * RESULTS);
    }

    /**
     * One token and both panels that were taken apart: {@code out += sum · x scale · weight scale},
     * group after group.
     *
     * @param w [pairs, panels, LANES] from {@code wIndex} on
     * @param first [groups, LANES] scales of the first panel from {@code scale} on
     * @param out [panels, LANES] from {@code index} on
     */
    static void addApart(
            int[] w,
            int wIndex,
            float[] first,
            float[] second,
            int scale,
            int[] x,
            int xIndex,
            float xScale,
            int groups,
            int pairs,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + LANES);
        FloatVector xs = FloatVector.broadcast(FLOATS, xScale);
        for (int group = 0; group < groups; group++) {
            ShortVector a = ShortVector.zero(SHORTS);
            ShortVector b = a;
            int w0 = wIndex + group * pairs * RESULTS;
            int x0 = xIndex + group * pairs;
            for (int i = 0; i < pairs; i++) {
                int at = w0 + i * RESULTS;
                ShortVector t = IntVector.broadcast(INTS, x[x0 + i]).reinterpretAsShorts();
                a = a.add(IntVector.fromArray(INTS, w, at).reinterpretAsShorts().mul(t));
                b = b.add(IntVector.fromArray(INTS, w, at + LANES).reinterpretAsShorts().mul(t));
            }
            int at = scale + group * LANES;
            IntVector halves = a.reinterpretAsInts();
            t0 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xs)
                            .fma(FloatVector.fromArray(FLOATS, first, at), t0);
            halves = b.reinterpretAsInts();
            t1 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xs)
                            .fma(FloatVector.fromArray(FLOATS, second, at), t1);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + LANES);
    }

    /**
     * One token's products with one panel as it is packed, four words to a group: {@code out += Σ
     * sum · x scale · weight scale}, then {@code out += Σ x sum · minimum} where there are
     * minimums.
     *
     * <p>The products are of quants as they are, so they and their sums may leave the 16 bits of a
     * half; what is taken off for the centre brings them back.
     *
     * @param words where the words begin in {@code panel}, in bytes
     * @param scales [groups, LANES] of the weights from {@code scale} on
     * @param centres of x, see {@link QuantPairs}
     * @param minimum where the minimums begin in {@code scales}; 0 for none
     * @param x [pairs] from {@code xIndex} on
     * @param group index of the first group's centre, scale and sum of x
     * @param out [LANES] from {@code index} on
     */
    static void addNibbles(
            MemorySegment panel,
            long words,
            float[] scales,
            int scale,
            int minimum,
            int[] x,
            int xIndex,
            int[] centres,
            float[] xScales,
            float[] xSums,
            int group,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        FloatVector minimums = FloatVector.zero(FLOATS);
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int word = 0; word < 4 * groups; word++) {
            IntVector v =
                    IntVector.fromMemorySegment(
                            INTS, panel, words + word * WORD_BYTES, LITTLE_ENDIAN);
            int i = xIndex + 4 * word;
            ShortVector t = IntVector.broadcast(INTS, x[i]).reinterpretAsShorts();
            sum = sum.add(v.and(nibbles).reinterpretAsShorts().mul(t));
            t = IntVector.broadcast(INTS, x[i + 1]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(LSHR, 4).and(nibbles).reinterpretAsShorts().mul(t));
            t = IntVector.broadcast(INTS, x[i + 2]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(LSHR, 8).and(nibbles).reinterpretAsShorts().mul(t));
            t = IntVector.broadcast(INTS, x[i + 3]).reinterpretAsShorts();
            sum = sum.add(v.reinterpretAsShorts().lanewise(LSHR, 12).mul(t));
            if ((word & 3) == 3) {
                int g = word >> 2;
                IntVector halves = sum.reinterpretAsInts();
                total =
                        ((FloatVector)
                                        halves.lanewise(LSHL, 16)
                                                .add(halves)
                                                .sub(IntVector.broadcast(INTS, centres[group + g]))
                                                .lanewise(ASHR, 16)
                                                .convert(I2F, 0))
                                .mul(FloatVector.broadcast(FLOATS, xScales[group + g]))
                                .fma(
                                        FloatVector.fromArray(FLOATS, scales, scale + g * LANES),
                                        total);
                if (minimum > 0) {
                    minimums =
                            FloatVector.fromArray(FLOATS, scales, minimum + g * LANES)
                                    .fma(FloatVector.broadcast(FLOATS, xSums[group + g]), minimums);
                }
                sum = ShortVector.zero(SHORTS);
            }
        }
        if (minimum > 0) {
            total = total.add(minimums);
        }
        total.intoArray(out, index);
    }

    /**
     * The same for quants of 5 or 6 bits in bytes, two words at a time.
     *
     * @param wordPairs of a group, a power of two
     */
    static void addBytes(
            MemorySegment panel,
            long words,
            int wordPairs,
            float[] scales,
            int scale,
            int minimum,
            int[] x,
            int xIndex,
            float[] xScales,
            float[] xSums,
            int group,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        FloatVector minimums = FloatVector.zero(FLOATS);
        ShortVector sum = ShortVector.zero(SHORTS);
        int g = 0;
        for (int pair = 0; pair < wordPairs * groups; pair++) {
            long at = words + pair * (2 * WORD_BYTES);
            int i = xIndex + 4 * pair;
            ShortVector v =
                    IntVector.fromMemorySegment(INTS, panel, at, LITTLE_ENDIAN)
                            .reinterpretAsShorts();
            ShortVector t = IntVector.broadcast(INTS, x[i]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(t));
            t = IntVector.broadcast(INTS, x[i + 1]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(ASHR, 8).mul(t));
            v =
                    IntVector.fromMemorySegment(INTS, panel, at + WORD_BYTES, LITTLE_ENDIAN)
                            .reinterpretAsShorts();
            t = IntVector.broadcast(INTS, x[i + 2]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(t));
            t = IntVector.broadcast(INTS, x[i + 3]).reinterpretAsShorts();
            sum = sum.add(v.lanewise(ASHR, 8).mul(t));
            if (((pair + 1) & (wordPairs - 1)) == 0) {
                IntVector halves = sum.reinterpretAsInts();
                total =
                        ((FloatVector)
                                        halves.lanewise(LSHL, 16)
                                                .lanewise(ASHR, 16)
                                                .add(halves.lanewise(ASHR, 16))
                                                .convert(I2F, 0))
                                .mul(FloatVector.broadcast(FLOATS, xScales[group + g]))
                                .fma(
                                        FloatVector.fromArray(FLOATS, scales, scale + g * LANES),
                                        total);
                if (minimum > 0) {
                    minimums =
                            FloatVector.fromArray(FLOATS, scales, minimum + g * LANES)
                                    .fma(FloatVector.broadcast(FLOATS, xSums[group + g]), minimums);
                }
                sum = ShortVector.zero(SHORTS);
                g++;
            }
        }
        if (minimum > 0) {
            total = total.add(minimums);
        }
        total.intoArray(out, index);
    }
}
