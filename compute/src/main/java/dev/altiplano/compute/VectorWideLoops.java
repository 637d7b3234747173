package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.INTS;
import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.SHORTS;
import static dev.altiplano.compute.VectorSums.WIDTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.altiplano.compute.QuantPairs.Quants;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Whole bytes. A lane is a row. Four tokens are multiplied as whole numbers in f32, whose sums are
 * exact; one token in pairs, of which two products fit 16 bits, so they are summed in 32.
 */
final class VectorWideLoops extends VectorQuantLoops {
    static final int ROWS = WIDTH;

    private final float[] apart = new float[VectorSection.INPUTS_MAX * WIDTH];
    private final float[] sums = new float[VectorSection.INPUTS_MAX / GROUP * TOKENS * WIDTH];

    @Override
    public void takeApart(VectorPanelSection section) {
        section.readWords();
        int count = section.layout.wordInts(section.inputs);
        for (int word = 0; word < count; word += LANES) {
            IntVector v = IntVector.fromArray(INTS, section.words, word);
            int at = word / WIDTH * WORD_INPUTS * WIDTH + word % WIDTH;
            for (int left = 24; left >= 0; left -= 8, at += WIDTH) {
                ((FloatVector) v.lanewise(LSHL, left).lanewise(ASHR, 24).convert(I2F, 0))
                        .intoArray(apart, at);
            }
        }
    }

    @Override
    void addCoarse(VectorPanelSection section, int token, float[] out, int index) {
        QuantPairs x = section.x;
        int groups = section.groups();
        sumsOfQuad(apart, x.coarseFloats, section.inQuads(token, 1), groups, sums);
        int xGroup = section.inQuads(token, GROUP);
        addScaledOfQuad(sums, section.scales, x.coarse.scales, xGroup, groups, out, index);
    }

    @Override
    void addFine(VectorPanelSection section, int token, int first, float[] out, int index) {
        addPacked(section, section.x.fine, token, first, GROUP, out, index);
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
                quants.pairs,
                at / 2,
                quants.scales,
                at / GROUP,
                count,
                out,
                index);
    }

    /**
     * The sums of a quad of tokens.
     *
     * @param w [inputs, WIDTH]
     * @param x [inputs, tokens] from {@code xIndex} on
     * @param sums [groups, tokens, WIDTH]
     */
    private static void sumsOfQuad(float[] w, float[] x, int xIndex, int groups, float[] sums) {
        for (int group = 0; group < groups; group++) {
            FloatVector a00 = FloatVector.zero(FLOATS);
            FloatVector a01 = a00;
            FloatVector a02 = a00;
            FloatVector a03 = a00;
            FloatVector a10 = a00;
            FloatVector a11 = a00;
            FloatVector a12 = a00;
            FloatVector a13 = a00;
            int w0 = group * GROUP * WIDTH;
            int x0 = xIndex + group * GROUP * TOKENS;
            for (int i = 0; i < GROUP; i++) {
                int at = w0 + i * WIDTH;
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
            int to = group * TOKENS * WIDTH;
            a00.intoArray(sums, to);
            a10.intoArray(sums, to + LANES);
            a01.intoArray(sums, to + WIDTH);
            a11.intoArray(sums, to + WIDTH + LANES);
            a02.intoArray(sums, to + 2 * WIDTH);
            a12.intoArray(sums, to + 2 * WIDTH + LANES);
            a03.intoArray(sums, to + 3 * WIDTH);
            a13.intoArray(sums, to + 3 * WIDTH + LANES);
        }
    }

    /** Scales the sums of a quad. */
    private static void addScaledOfQuad(
            float[] sums,
            float[] scales,
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
        for (int group = 0; group < groups; group++) {
            int at = group * TOKENS * WIDTH;
            int xs = xGroup + group * TOKENS;
            FloatVector first = FloatVector.fromArray(FLOATS, scales, group * ROWS);
            FloatVector second = FloatVector.fromArray(FLOATS, scales, group * ROWS + LANES);
            FloatVector x = FloatVector.broadcast(FLOATS, xScales[xs]);
            t00 = FloatVector.fromArray(FLOATS, sums, at).mul(x).fma(first, t00);
            t10 = FloatVector.fromArray(FLOATS, sums, at + LANES).mul(x).fma(second, t10);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 1]);
            t01 = FloatVector.fromArray(FLOATS, sums, at + WIDTH).mul(x).fma(first, t01);
            t11 = FloatVector.fromArray(FLOATS, sums, at + WIDTH + LANES).mul(x).fma(second, t11);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 2]);
            t02 = FloatVector.fromArray(FLOATS, sums, at + 2 * WIDTH).mul(x).fma(first, t02);
            t12 =
                    FloatVector.fromArray(FLOATS, sums, at + 2 * WIDTH + LANES)
                            .mul(x)
                            .fma(second, t12);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 3]);
            t03 = FloatVector.fromArray(FLOATS, sums, at + 3 * WIDTH).mul(x).fma(first, t03);
            t13 =
                    FloatVector.fromArray(FLOATS, sums, at + 3 * WIDTH + LANES)
                            .mul(x)
                            .fma(second, t13);
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

    /**
     * One token and the panel as it is packed.
     *
     * @param words where the words begin in {@code panels}, in bytes
     * @param x [pairs] from {@code xIndex} on
     * @param group index of the first group's scale of x
     */
    private static void addWords(
            MemorySegment panels,
            long words,
            float[] scales,
            int scale,
            int[] x,
            int xIndex,
            float[] xScales,
            int group,
            int inputs,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + LANES);
        IntVector a = IntVector.zero(INTS);
        IntVector b = a;
        for (int i = 0; i < inputs; i += WORD_INPUTS) {
            long at = words + i * INPUT_BYTES;
            ShortVector v = ShortVector.fromMemorySegment(SHORTS, panels, at, LITTLE_ENDIAN);
            ShortVector w =
                    ShortVector.fromMemorySegment(SHORTS, panels, at + WORD_BYTES, LITTLE_ENDIAN);
            int xs = xIndex + i / 2;
            ShortVector t = IntVector.broadcast(INTS, x[xs]).reinterpretAsShorts();
            ShortVector u = IntVector.broadcast(INTS, x[xs + 1]).reinterpretAsShorts();
            IntVector halves =
                    v.lanewise(LSHL, 8)
                            .lanewise(ASHR, 8)
                            .mul(t)
                            .add(v.lanewise(ASHR, 8).mul(u))
                            .reinterpretAsInts();
            a = a.add(halves.lanewise(LSHL, 16).lanewise(ASHR, 16)).add(halves.lanewise(ASHR, 16));
            halves =
                    w.lanewise(LSHL, 8)
                            .lanewise(ASHR, 8)
                            .mul(t)
                            .add(w.lanewise(ASHR, 8).mul(u))
                            .reinterpretAsInts();
            b = b.add(halves.lanewise(LSHL, 16).lanewise(ASHR, 16)).add(halves.lanewise(ASHR, 16));
            if ((i & (GROUP - WORD_INPUTS)) == GROUP - WORD_INPUTS) {
                int g = i / GROUP;
                int s = scale + g * ROWS;
                FloatVector xScale = FloatVector.broadcast(FLOATS, xScales[group + g]);
                t0 =
                        ((FloatVector) a.convert(I2F, 0))
                                .mul(xScale)
                                .fma(FloatVector.fromArray(FLOATS, scales, s), t0);
                t1 =
                        ((FloatVector) b.convert(I2F, 0))
                                .mul(xScale)
                                .fma(FloatVector.fromArray(FLOATS, scales, s + LANES), t1);
                a = IntVector.zero(INTS);
                b = a;
            }
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + LANES);
    }
}
