package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.SHORTS;
import static dev.altiplano.compute.VectorSums.WIDTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.altiplano.compute.QuantPairs.Quants;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Nibbles. A group's sum, at most 32 · 8 · 127, fits 16 bits, so each half of a lane is a row: a
 * vector has LANES rows in its low halves and the next ones in its upper halves.
 *
 * <p>A half of a word, {@code v = n0 + 16 n1 + 256 n2 + 4096 n3}, is multiplied without masks:
 * {@code v >>> 4} has all nibbles but the first, so with {@linkplain Quants#differences
 * differences} of the activations
 *
 * <pre>
 * v x0 + (v >>> 4) (x1 - 16 x0) + (v >>> 8) (x2 - 16 x1) + (v >>> 12) (x3 - 16 x2)
 *     = n0 x0 + n1 x1 + n2 x2 + n3 x3
 * </pre>
 *
 * <p>in whole numbers, and so in those of 16 bits, whatever leaves them on the way. A sum comes to
 * f32 as the upper half of 32 bits: the scales of these weights have a {@linkplain #SCALE_FACTOR
 * factor} against that.
 */
final class VectorNibbleLoops extends VectorQuantLoops {
    static final int ROWS = 2 * WIDTH;

    /** Scales of the weights have this factor. */
    static final float SCALE_FACTOR = 0x1p-16f;

    private static final int UPPER = 0xFFFF_0000;

    private final int[] apart = new int[VectorSection.INPUTS_MAX * WIDTH];
    private final int[] sums = new int[VectorSection.INPUTS_MAX / GROUP * TOKENS * WIDTH];

    /** The centre is taken off each nibble here, so of {@code v} 8 (1 + 16 + 256 + 4096). */
    @Override
    public void takeApart(VectorPanelSection section) {
        section.readWords();
        int count = section.layout.wordInts(section.inputs);
        for (int word = 0; word < count; word += LANES) {
            ShortVector v = IntVector.fromArray(INTS, section.words, word).reinterpretAsShorts();
            int at = word / WIDTH * WORD_INPUTS * WIDTH + word % WIDTH;
            v.sub((short) 0x8888).reinterpretAsInts().intoArray(apart, at);
            v.lanewise(LSHR, 4)
                    .sub((short) 0x0888)
                    .reinterpretAsInts()
                    .intoArray(apart, at + WIDTH);
            v.lanewise(LSHR, 8)
                    .sub((short) 0x0088)
                    .reinterpretAsInts()
                    .intoArray(apart, at + 2 * WIDTH);
            v.lanewise(LSHR, 12)
                    .sub((short) 0x0008)
                    .reinterpretAsInts()
                    .intoArray(apart, at + 3 * WIDTH);
        }
    }

    @Override
    void addCoarse(VectorPanelSection section, int token, float[] out, int index) {
        QuantPairs x = section.x;
        int groups = section.groups();
        VectorSums.sumsOfQuad(
                apart, x.coarse.differences, section.inQuads(token, 1), groups, GROUP, sums);
        int xGroup = section.inQuads(token, GROUP);
        for (int vector = 0; vector < 2; vector++) {
            addScaledOfQuad(
                    sums,
                    vector * LANES,
                    section.scales,
                    vector * WIDTH,
                    x.coarse.scales,
                    xGroup,
                    groups,
                    out,
                    index + vector * WIDTH);
        }
    }

    @Override
    void addFine(VectorPanelSection section, int token, int first, float[] out, int index) {
        int at = token * section.width + section.input + first;
        addGroup(
                apart,
                first * WIDTH,
                section.scales,
                first / GROUP * ROWS,
                section.x.fine.differences,
                at,
                section.x.fine.scales[at / GROUP],
                out,
                index);
    }

    @Override
    void addPacked(
            VectorPanelSection section,
            Quants quants,
            int token,
            int first,
            int count,
            float[] out,
            int index) {
        int at = token * section.width + section.input + first;
        addWords(
                section.panels,
                section.wordsAt + first * INPUT_BYTES,
                section.scales,
                first / GROUP * ROWS,
                quants.differences,
                at,
                quants.centres,
                quants.scales,
                at / GROUP,
                count,
                out,
                index);
    }

    /** Scales the sums of a quad and one vector of the panel, WIDTH rows. */
    private static void addScaledOfQuad(
            int[] sums,
            int sum,
            float[] scales,
            int scale,
            float[] xScales,
            int xGroup,
            int groups,
            float[] out,
            int index) {
        FloatVector t00 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t01 = FloatVector.fromArray(FLOATS, out, index + ROWS);
        FloatVector t02 = FloatVector.fromArray(FLOATS, out, index + 2 * ROWS);
        FloatVector t03 = FloatVector.fromArray(FLOATS, out, index + 3 * ROWS);
        FloatVector t10 = FloatVector.fromArray(FLOATS, out, index + LANES);
        FloatVector t11 = FloatVector.fromArray(FLOATS, out, index + ROWS + LANES);
        FloatVector t12 = FloatVector.fromArray(FLOATS, out, index + 2 * ROWS + LANES);
        FloatVector t13 = FloatVector.fromArray(FLOATS, out, index + 3 * ROWS + LANES);
        IntVector upper = IntVector.broadcast(INTS, UPPER);
        for (int group = 0; group < groups; group++) {
            int at = sum + group * TOKENS * WIDTH;
            int xs = xGroup + group * TOKENS;
            FloatVector low = FloatVector.fromArray(FLOATS, scales, scale + group * ROWS);
            FloatVector high = FloatVector.fromArray(FLOATS, scales, scale + group * ROWS + LANES);
            IntVector halves = IntVector.fromArray(INTS, sums, at);
            FloatVector x = FloatVector.broadcast(FLOATS, xScales[xs]);
            t00 = ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0)).mul(x).fma(low, t00);
            t10 = ((FloatVector) halves.and(upper).convert(I2F, 0)).mul(x).fma(high, t10);
            halves = IntVector.fromArray(INTS, sums, at + WIDTH);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 1]);
            t01 = ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0)).mul(x).fma(low, t01);
            t11 = ((FloatVector) halves.and(upper).convert(I2F, 0)).mul(x).fma(high, t11);
            halves = IntVector.fromArray(INTS, sums, at + 2 * WIDTH);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 2]);
            t02 = ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0)).mul(x).fma(low, t02);
            t12 = ((FloatVector) halves.and(upper).convert(I2F, 0)).mul(x).fma(high, t12);
            halves = IntVector.fromArray(INTS, sums, at + 3 * WIDTH);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 3]);
            t03 = ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0)).mul(x).fma(low, t03);
            t13 = ((FloatVector) halves.and(upper).convert(I2F, 0)).mul(x).fma(high, t13);
        }
        t00.intoArray(out, index);
        t01.intoArray(out, index + ROWS);
        t02.intoArray(out, index + 2 * ROWS);
        t03.intoArray(out, index + 3 * ROWS);
        t10.intoArray(out, index + LANES);
        t11.intoArray(out, index + ROWS + LANES);
        t12.intoArray(out, index + 2 * ROWS + LANES);
        t13.intoArray(out, index + 3 * ROWS + LANES);
    }

    /** One token and one group that was taken apart. */
    private static void addGroup(
            int[] w,
            int wIndex,
            float[] scales,
            int scale,
            int[] x,
            int xIndex,
            float xScale,
            float[] out,
            int index) {
        ShortVector a = ShortVector.zero(SHORTS);
        ShortVector b = a;
        for (int i = 0; i < GROUP; i++) {
            int at = wIndex + i * WIDTH;
            ShortVector t = IntVector.broadcast(INTS, x[xIndex + i]).reinterpretAsShorts();
            a = a.add(IntVector.fromArray(INTS, w, at).reinterpretAsShorts().mul(t));
            b = b.add(IntVector.fromArray(INTS, w, at + LANES).reinterpretAsShorts().mul(t));
        }
        addHalves(a.reinterpretAsInts(), xScale, scales, scale, out, index);
        addHalves(b.reinterpretAsInts(), xScale, scales, scale + WIDTH, out, index + WIDTH);
    }

    private static void addHalves(
            IntVector halves, float xScale, float[] scales, int scale, float[] out, int index) {
        ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0))
                .mul(xScale)
                .fma(
                        FloatVector.fromArray(FLOATS, scales, scale),
                        FloatVector.fromArray(FLOATS, out, index))
                .intoArray(out, index);
        ((FloatVector) halves.and(UPPER).convert(I2F, 0))
                .mul(xScale)
                .fma(
                        FloatVector.fromArray(FLOATS, scales, scale + LANES),
                        FloatVector.fromArray(FLOATS, out, index + LANES))
                .intoArray(out, index + LANES);
    }

    /**
     * One token and the panel as it is packed. The sums are of nibbles as they are; what is taken
     * off for the centre brings them back to 16 bits.
     *
     * @param words where the words begin in {@code panels}, in bytes
     * @param x [inputs] from {@code xIndex} on
     * @param group index of the first group's centre and scale of x
     */
    private static void addWords(
            MemorySegment panels,
            long words,
            float[] scales,
            int scale,
            int[] x,
            int xIndex,
            int[] centres,
            float[] xScales,
            int group,
            int inputs,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + LANES);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, index + 2 * LANES);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, index + 3 * LANES);
        IntVector upper = IntVector.broadcast(INTS, UPPER);
        ShortVector a = ShortVector.zero(SHORTS);
        ShortVector b = a;
        for (int i = 0; i < inputs; i += WORD_INPUTS) {
            long at = words + i * INPUT_BYTES;
            ShortVector v = ShortVector.fromMemorySegment(SHORTS, panels, at, LITTLE_ENDIAN);
            ShortVector w =
                    ShortVector.fromMemorySegment(SHORTS, panels, at + WORD_BYTES, LITTLE_ENDIAN);
            ShortVector t = IntVector.broadcast(INTS, x[xIndex + i]).reinterpretAsShorts();
            a = a.add(v.mul(t));
            b = b.add(w.mul(t));
            t = IntVector.broadcast(INTS, x[xIndex + i + 1]).reinterpretAsShorts();
            v = v.lanewise(LSHR, 4);
            w = w.lanewise(LSHR, 4);
            a = a.add(v.mul(t));
            b = b.add(w.mul(t));
            t = IntVector.broadcast(INTS, x[xIndex + i + 2]).reinterpretAsShorts();
            v = v.lanewise(LSHR, 4);
            w = w.lanewise(LSHR, 4);
            a = a.add(v.mul(t));
            b = b.add(w.mul(t));
            t = IntVector.broadcast(INTS, x[xIndex + i + 3]).reinterpretAsShorts();
            v = v.lanewise(LSHR, 4);
            w = w.lanewise(LSHR, 4);
            a = a.add(v.mul(t));
            b = b.add(w.mul(t));
            if ((i & (GROUP - WORD_INPUTS)) == GROUP - WORD_INPUTS) {
                int g = i / GROUP;
                int s = scale + g * ROWS;
                t = IntVector.broadcast(INTS, centres[group + g]).reinterpretAsShorts();
                FloatVector xs = FloatVector.broadcast(FLOATS, xScales[group + g]);
                IntVector halves = a.sub(t).reinterpretAsInts();
                t0 =
                        ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0))
                                .mul(xs)
                                .fma(FloatVector.fromArray(FLOATS, scales, s), t0);
                t1 =
                        ((FloatVector) halves.and(upper).convert(I2F, 0))
                                .mul(xs)
                                .fma(FloatVector.fromArray(FLOATS, scales, s + LANES), t1);
                halves = b.sub(t).reinterpretAsInts();
                t2 =
                        ((FloatVector) halves.lanewise(LSHL, 16).convert(I2F, 0))
                                .mul(xs)
                                .fma(FloatVector.fromArray(FLOATS, scales, s + 2 * LANES), t2);
                t3 =
                        ((FloatVector) halves.and(upper).convert(I2F, 0))
                                .mul(xs)
                                .fma(FloatVector.fromArray(FLOATS, scales, s + 3 * LANES), t3);
                a = ShortVector.zero(SHORTS);
                b = a;
            }
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + LANES);
        t2.intoArray(out, index + 2 * LANES);
        t3.intoArray(out, index + 3 * LANES);
    }
}
