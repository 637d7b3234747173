package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorPanels.BYTES;
import static dev.altiplano.compute.VectorPanels.NIBBLES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.AND;
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
 * <p>The shape of these methods is for the compiler. Beyond some 18,000 nodes of its graph, about
 * 45 vector operations, it stops inlining, and vectors go to the heap: so loops hold few, and the
 * sums of four tokens go through memory. It does not inline a small method that has been compiled
 * into a large one: so there are no helpers. And what it does inline adds to its caller's graph: so
 * the largest have over 325 bytes, the size from which a method stays by itself.
 *
 * <p>Letters: {@code w} weights, as a section of {@link VectorPanels} or taken apart, {@code x}
 * quants of {@link QuantPairs}.
 */
final class VectorSums {
    /** Tokens that {@link #fourTokens} takes. */
    static final int TOKENS = 4;

    /** Words of a group of 32 inputs. */
    private static final int NIBBLE_WORDS = 4;

    private static final long WORD_BYTES = (long) Integer.BYTES * LANES;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, INTS.vectorShape());

    private VectorSums() {}

    /**
     * Two panels that were taken apart, four tokens.
     *
     * @param w [pairs, LANES] of both panels, {@code wStep} apart
     * @param xStep from a token to the next
     * @param sums [groups, tokens, panels, LANES]
     */
    static void fourTokens(
            int[] w, int wStep, int[] x, int xIndex, int xStep, int groups, int pairs, int[] sums) {
        for (int group = 0; group < groups; group++) {
            ShortVector a00 = ShortVector.zero(SHORTS);
            ShortVector a01 = a00;
            ShortVector a02 = a00;
            ShortVector a03 = a00;
            ShortVector a10 = a00;
            ShortVector a11 = a00;
            ShortVector a12 = a00;
            ShortVector a13 = a00;
            int w0 = group * pairs * LANES;
            int w1 = w0 + wStep;
            int x0 = xIndex + group * pairs;
            int x1 = x0 + xStep;
            int x2 = x1 + xStep;
            int x3 = x2 + xStep;
            for (int i = 0; i < pairs; i++) {
                ShortVector first =
                        IntVector.fromArray(INTS, w, w0 + i * LANES).reinterpretAsShorts();
                ShortVector second =
                        IntVector.fromArray(INTS, w, w1 + i * LANES).reinterpretAsShorts();
                ShortVector t = IntVector.broadcast(INTS, x[x0 + i]).reinterpretAsShorts();
                a00 = a00.add(first.mul(t));
                a10 = a10.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[x1 + i]).reinterpretAsShorts();
                a01 = a01.add(first.mul(t));
                a11 = a11.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[x2 + i]).reinterpretAsShorts();
                a02 = a02.add(first.mul(t));
                a12 = a12.add(second.mul(t));
                t = IntVector.broadcast(INTS, x[x3 + i]).reinterpretAsShorts();
                a03 = a03.add(first.mul(t));
                a13 = a13.add(second.mul(t));
            }
            int to = group * TOKENS * 2 * LANES;
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
     * One token's products with one panel as it is packed: {@code out += Σ sum · x scale · weight
     * scale}.
     *
     * @param panel packed groups from {@code at} on, {@code step} bytes apart: scales first
     * @param words where the words begin in a group, in bytes
     * @param zero the quant that stands for 0
     * @param xSums the sums of x in each group
     * @param out [LANES] from {@code index} on
     */
    static void addNibbles(
            MemorySegment panel,
            long at,
            long step,
            long words,
            int zero,
            int[] x,
            int xIndex,
            int[] xSums,
            float[] xScales,
            int xScale,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        for (int group = 0; group < groups; group++) {
            ShortVector sum = ShortVector.zero(SHORTS);
            long from = at + group * step;
            int x0 = xIndex + group * QuantPairs.GROUP_PAIRS;
            for (int word = 0; word < NIBBLE_WORDS; word++) {
                IntVector v =
                        IntVector.fromMemorySegment(
                                INTS, panel, from + words + word * WORD_BYTES, LITTLE_ENDIAN);
                int i = x0 + 4 * word;
                ShortVector t = IntVector.broadcast(INTS, x[i]).reinterpretAsShorts();
                sum = sum.add(v.lanewise(AND, NIBBLES).reinterpretAsShorts().mul(t));
                t = IntVector.broadcast(INTS, x[i + 1]).reinterpretAsShorts();
                v = v.lanewise(LSHR, 4);
                sum = sum.add(v.lanewise(AND, NIBBLES).reinterpretAsShorts().mul(t));
                t = IntVector.broadcast(INTS, x[i + 2]).reinterpretAsShorts();
                v = v.lanewise(LSHR, 4);
                sum = sum.add(v.lanewise(AND, NIBBLES).reinterpretAsShorts().mul(t));
                t = IntVector.broadcast(INTS, x[i + 3]).reinterpretAsShorts();
                v = v.lanewise(LSHR, 4);
                sum = sum.add(v.lanewise(AND, NIBBLES).reinterpretAsShorts().mul(t));
            }
            IntVector halves = sum.reinterpretAsInts();
            total =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .sub(zero * xSums[xScale + group])
                                            .convert(I2F, 0))
                            .mul(xScales[xScale + group])
                            .fma(
                                    FloatVector.fromMemorySegment(
                                            FLOATS, panel, from, LITTLE_ENDIAN),
                                    total);
        }
        total.intoArray(out, index);
    }

    /**
     * The same for quants of 5 or 6 bits in bytes.
     *
     * @param xShift groups that share a scale of x, as a power of two
     */
    static void addBytes(
            MemorySegment panel,
            long at,
            long step,
            long words,
            int zero,
            int[] x,
            int xIndex,
            float[] xScales,
            int xScale,
            int xShift,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        int pairs = QuantPairs.GROUP_PAIRS >> xShift;
        for (int group = 0; group < groups; group++) {
            ShortVector sum = ShortVector.zero(SHORTS);
            long from = at + group * step;
            int x0 = xIndex + group * pairs;
            for (int i = 0; i < pairs; i += 2) {
                IntVector v =
                        IntVector.fromMemorySegment(
                                INTS, panel, from + words + i / 2 * WORD_BYTES, LITTLE_ENDIAN);
                ShortVector t = IntVector.broadcast(INTS, x[x0 + i]).reinterpretAsShorts();
                ShortVector quants = v.lanewise(AND, BYTES).reinterpretAsShorts();
                sum = sum.add(quants.sub((short) zero).mul(t));
                t = IntVector.broadcast(INTS, x[x0 + i + 1]).reinterpretAsShorts();
                quants = v.lanewise(LSHR, 8).lanewise(AND, BYTES).reinterpretAsShorts();
                sum = sum.add(quants.sub((short) zero).mul(t));
            }
            IntVector halves = sum.reinterpretAsInts();
            total =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xScales[xScale + (group >> xShift)])
                            .fma(
                                    FloatVector.fromMemorySegment(
                                            FLOATS, panel, from, LITTLE_ENDIAN),
                                    total);
        }
        total.intoArray(out, index);
    }

    /**
     * Scales the sums of {@link #fourTokens}: {@code out += sum · x scale · weight scale}, group
     * after group, for one panel.
     *
     * @param sum where the panel's sums of the first token begin, {@code step} before the next
     *     token's
     * @param w packed groups from {@code wIndex} on, {@code wStep} apart: scales first
     * @param xStep from a token's scales to the next one's
     * @param xShift groups that share a scale of x, as a power of two
     * @param out as {@code sums}
     */
    static void addScaled(
            int[] sums,
            int sum,
            int step,
            int[] w,
            int wIndex,
            int wStep,
            float[] xScales,
            int x0,
            int xStep,
            int xShift,
            int groups,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + step);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, index + 2 * step);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, index + 3 * step);
        int x1 = x0 + xStep;
        int x2 = x1 + xStep;
        int x3 = x2 + xStep;
        for (int group = 0; group < groups; group++) {
            int at = sum + group * TOKENS * step;
            FloatVector scale =
                    IntVector.fromArray(INTS, w, wIndex + group * wStep).reinterpretAsFloats();
            IntVector halves = IntVector.fromArray(INTS, sums, at);
            t0 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xScales[x0 + (group >> xShift)])
                            .fma(scale, t0);
            halves = IntVector.fromArray(INTS, sums, at + step);
            t1 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xScales[x1 + (group >> xShift)])
                            .fma(scale, t1);
            halves = IntVector.fromArray(INTS, sums, at + 2 * step);
            t2 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xScales[x2 + (group >> xShift)])
                            .fma(scale, t2);
            halves = IntVector.fromArray(INTS, sums, at + 3 * step);
            t3 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xScales[x3 + (group >> xShift)])
                            .fma(scale, t3);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + step);
        t2.intoArray(out, index + 2 * step);
        t3.intoArray(out, index + 3 * step);
    }

    /** {@code out += x sum · minimum}, group after group, for one token and panel. */
    static void addMinimums(
            MemorySegment panel,
            long at,
            long step,
            float[] xSums,
            int xSum,
            int groups,
            float[] out,
            int index) {
        FloatVector total = FloatVector.fromArray(FLOATS, out, index);
        for (int group = 0; group < groups; group++) {
            FloatVector minimum =
                    FloatVector.fromMemorySegment(FLOATS, panel, at + group * step, LITTLE_ENDIAN);
            total = minimum.fma(FloatVector.broadcast(FLOATS, xSums[xSum + group]), total);
        }
        total.intoArray(out, index);
    }

    /** The same for four tokens. */
    static void addMinimums(
            int[] w,
            int wIndex,
            int wStep,
            float[] xSums,
            int x0,
            int xStep,
            int groups,
            float[] out,
            int index,
            int step) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + step);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, index + 2 * step);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, index + 3 * step);
        int x1 = x0 + xStep;
        int x2 = x1 + xStep;
        int x3 = x2 + xStep;
        for (int group = 0; group < groups; group++) {
            FloatVector minimum =
                    IntVector.fromArray(INTS, w, wIndex + group * wStep).reinterpretAsFloats();
            t0 = minimum.fma(FloatVector.broadcast(FLOATS, xSums[x0 + group]), t0);
            t1 = minimum.fma(FloatVector.broadcast(FLOATS, xSums[x1 + group]), t1);
            t2 = minimum.fma(FloatVector.broadcast(FLOATS, xSums[x2 + group]), t2);
            t3 = minimum.fma(FloatVector.broadcast(FLOATS, xSums[x3 + group]), t3);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + step);
        t2.intoArray(out, index + 2 * step);
        t3.intoArray(out, index + 3 * step);
    }
}
