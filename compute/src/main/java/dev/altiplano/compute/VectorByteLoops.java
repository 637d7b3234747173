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
 * Quants of 5 or 6 bits in bytes. A lane is a row: its halves sum the products of the first and of
 * the second inputs of the pairs, 16 · 16 · 127 or 8 · 32 · 127 at most, which fits 16 bits; both
 * together would not.
 */
final class VectorByteLoops extends VectorQuantLoops {
    static final int ROWS = WIDTH;

    private final int[] apart = new int[VectorSection.INPUTS_MAX / 2 * WIDTH];
    private final int[] sums = new int[VectorSection.GROUPS_MAX * TOKENS * WIDTH];

    @Override
    public void takeApart(VectorPanelSection section) {
        section.readWords();
        int count = section.layout.wordInts(section.inputs);
        for (int word = 0; word < count; word += LANES) {
            ShortVector v = IntVector.fromArray(INTS, section.words, word).reinterpretAsShorts();
            int at = word / WIDTH * 2 * WIDTH + word % WIDTH;
            v.lanewise(LSHL, 8).lanewise(ASHR, 8).reinterpretAsInts().intoArray(apart, at);
            v.lanewise(ASHR, 8).reinterpretAsInts().intoArray(apart, at + WIDTH);
        }
    }

    @Override
    void addCoarse(VectorPanelSection section, int token, float[] out, int index) {
        Quants x = section.x.coarse;
        int group = section.layout.groupInputs();
        int groups = section.groups();
        VectorSums.sumsOfQuad(apart, x.pairs, section.inQuads(token, 2), groups, group / 2, sums);
        addScaledOfQuad(
                sums,
                section.scales,
                x.scales(group),
                section.inQuads(token, group),
                groups,
                out,
                index);
    }

    @Override
    void addFine(VectorPanelSection section, int token, int first, float[] out, int index) {
        int group = section.layout.groupInputs();
        int at = token * section.width + section.input + first;
        addGroups(
                apart,
                first / 2 * WIDTH,
                section.scales,
                first / group * ROWS,
                section.x.fine.pairs,
                at / 2,
                section.x.fine.scales[at / GROUP],
                GROUP / group,
                group / 2,
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
        int group = section.layout.groupInputs();
        int at = token * section.width + section.input + first;
        addWords(
                section.panels,
                section.wordsAt + first * INPUT_BYTES,
                section.scales,
                first / group * ROWS,
                quants.pairs,
                at / 2,
                quants.scales(group),
                at / group,
                group,
                count,
                out,
                index);
    }

    /** Scales the sums of a quad. */
    private static void addScaledOfQuad(
            int[] sums,
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
            IntVector halves = IntVector.fromArray(INTS, sums, at);
            t00 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(first, t00);
            halves = IntVector.fromArray(INTS, sums, at + LANES);
            t10 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(second, t10);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 1]);
            halves = IntVector.fromArray(INTS, sums, at + WIDTH);
            t01 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(first, t01);
            halves = IntVector.fromArray(INTS, sums, at + WIDTH + LANES);
            t11 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(second, t11);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 2]);
            halves = IntVector.fromArray(INTS, sums, at + 2 * WIDTH);
            t02 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(first, t02);
            halves = IntVector.fromArray(INTS, sums, at + 2 * WIDTH + LANES);
            t12 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(second, t12);
            x = FloatVector.broadcast(FLOATS, xScales[xs + 3]);
            halves = IntVector.fromArray(INTS, sums, at + 3 * WIDTH);
            t03 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(x)
                            .fma(first, t03);
            halves = IntVector.fromArray(INTS, sums, at + 3 * WIDTH + LANES);
            t13 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
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
     * One token and groups that were taken apart.
     *
     * @param w [pairs, WIDTH] from {@code wIndex} on
     * @param pairs of a group
     */
    private static void addGroups(
            int[] w,
            int wIndex,
            float[] scales,
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
            int w0 = wIndex + group * pairs * WIDTH;
            int x0 = xIndex + group * pairs;
            for (int i = 0; i < pairs; i++) {
                int at = w0 + i * WIDTH;
                ShortVector t = IntVector.broadcast(INTS, x[x0 + i]).reinterpretAsShorts();
                a = a.add(IntVector.fromArray(INTS, w, at).reinterpretAsShorts().mul(t));
                b = b.add(IntVector.fromArray(INTS, w, at + LANES).reinterpretAsShorts().mul(t));
            }
            int at = scale + group * ROWS;
            IntVector halves = a.reinterpretAsInts();
            t0 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xs)
                            .fma(FloatVector.fromArray(FLOATS, scales, at), t0);
            halves = b.reinterpretAsInts();
            t1 =
                    ((FloatVector)
                                    halves.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(halves.lanewise(ASHR, 16))
                                            .convert(I2F, 0))
                            .mul(xs)
                            .fma(FloatVector.fromArray(FLOATS, scales, at + LANES), t1);
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + LANES);
    }

    /**
     * One token and the panel as it is packed.
     *
     * @param words where the words begin in {@code panels}, in bytes
     * @param x [pairs] from {@code xIndex} on
     * @param xGroup index of the first group's scale of x
     * @param group its inputs, a power of two
     */
    private static void addWords(
            MemorySegment panels,
            long words,
            float[] scales,
            int scale,
            int[] x,
            int xIndex,
            float[] xScales,
            int xGroup,
            int group,
            int inputs,
            float[] out,
            int index) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, index);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, index + LANES);
        ShortVector a = ShortVector.zero(SHORTS);
        ShortVector b = a;
        int g = 0;
        for (int i = 0; i < inputs; i += WORD_INPUTS) {
            long at = words + i * INPUT_BYTES;
            ShortVector v = ShortVector.fromMemorySegment(SHORTS, panels, at, LITTLE_ENDIAN);
            ShortVector w =
                    ShortVector.fromMemorySegment(SHORTS, panels, at + WORD_BYTES, LITTLE_ENDIAN);
            int xs = xIndex + i / 2;
            ShortVector t = IntVector.broadcast(INTS, x[xs]).reinterpretAsShorts();
            a = a.add(v.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(t));
            b = b.add(w.lanewise(LSHL, 8).lanewise(ASHR, 8).mul(t));
            t = IntVector.broadcast(INTS, x[xs + 1]).reinterpretAsShorts();
            a = a.add(v.lanewise(ASHR, 8).mul(t));
            b = b.add(w.lanewise(ASHR, 8).mul(t));
            if (((i + WORD_INPUTS) & (group - 1)) == 0) {
                int s = scale + g * ROWS;
                FloatVector xScale = FloatVector.broadcast(FLOATS, xScales[xGroup + g]);
                IntVector halves = a.reinterpretAsInts();
                t0 =
                        ((FloatVector)
                                        halves.lanewise(LSHL, 16)
                                                .lanewise(ASHR, 16)
                                                .add(halves.lanewise(ASHR, 16))
                                                .convert(I2F, 0))
                                .mul(xScale)
                                .fma(FloatVector.fromArray(FLOATS, scales, s), t0);
                halves = b.reinterpretAsInts();
                t1 =
                        ((FloatVector)
                                        halves.lanewise(LSHL, 16)
                                                .lanewise(ASHR, 16)
                                                .add(halves.lanewise(ASHR, 16))
                                                .convert(I2F, 0))
                                .mul(xScale)
                                .fma(FloatVector.fromArray(FLOATS, scales, s + LANES), t1);
                a = ShortVector.zero(SHORTS);
                b = a;
                g++;
            }
        }
        t0.intoArray(out, index);
        t1.intoArray(out, index + LANES);
    }
}
