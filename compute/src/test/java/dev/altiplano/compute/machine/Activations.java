package dev.altiplano.compute.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Random activations, as floats or in {@link ActivationLayout} by its definition: the judge of what
 * machine code makes.
 */
final class Activations {
    final int tokens;
    final int inputs;
    final float[] values;
    final MemorySegment bytes;
    private final boolean quants;

    Activations(int tokens, int inputs, boolean quants, SplittableRandom random) {
        this(tokens, inputs, quants, new float[tokens * inputs]);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        fill();
    }

    Activations(int tokens, int inputs, boolean quants, float[] values) {
        this.tokens = tokens;
        this.inputs = inputs;
        this.quants = quants;
        this.values = values;
        long size = quants ? tokens * ActivationLayout.rowBytes(inputs) : 4L * tokens * inputs;
        this.bytes = MemorySegment.ofArray(new byte[(int) size]);
        fill();
    }

    private void fill() {
        if (!quants) {
            bytes.copyFrom(MemorySegment.ofArray(values));
            return;
        }
        for (int block = 0; block < values.length / ActivationLayout.BLOCK_INPUTS; block++) {
            fillBlock(block);
        }
    }

    private void fillBlock(int block) {
        int first = block * ActivationLayout.BLOCK_INPUTS;
        long at = (long) block * ActivationLayout.BLOCK_BYTES;
        float largest = 0;
        for (int i = 0; i < ActivationLayout.BLOCK_INPUTS; i++) {
            largest = Math.max(largest, Math.abs(values[first + i]));
        }
        float scale = largest * (1f / ActivationLayout.QUANT_MAX);
        float fineScale =
                standsOut(first / inputs, largest) ? scale * (1f / ActivationLayout.FINE_STEPS) : 0;
        int[] coarseSums = new int[2];
        int[] fineSums = new int[2];
        for (int i = 0; i < ActivationLayout.BLOCK_INPUTS; i++) {
            float quant =
                    values[first + i] * (ActivationLayout.QUANT_MAX / Math.max(largest, 1e-30f));
            int coarse = (int) Math.rint(quant);
            int fine = (int) Math.rint((quant - coarse) * ActivationLayout.FINE_STEPS);
            coarseSums[i / 16] += coarse;
            fineSums[i / 16] += fine;
            bytes.set(ValueLayout.JAVA_BYTE, at + ActivationLayout.COARSE + i, (byte) coarse);
            bytes.set(ValueLayout.JAVA_BYTE, at + ActivationLayout.FINE + i, (byte) fine);
        }
        put(at + ActivationLayout.SCALE, scale);
        put(at + ActivationLayout.FINE_SCALE, fineScale);
        float low = Math.fma(fineSums[0], fineScale, scale * coarseSums[0]);
        float high = Math.fma(fineSums[1], fineScale, scale * coarseSums[1]);
        put(at + ActivationLayout.SUM_FIRST_HALF, low);
        put(at + ActivationLayout.SUM_SECOND_HALF, high);
        put(at + ActivationLayout.SUM, low + high);
    }

    private boolean standsOut(int token, float largest) {
        double squares = 0;
        for (int i = token * inputs; i < (token + 1) * inputs; i++) {
            squares += (double) values[i] * values[i];
        }
        return (double) largest * largest > ActivationLayout.PEAK * squares / inputs;
    }

    private void put(long at, float value) {
        bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, value);
    }

    /** What a product sees. */
    double value(int token, int input) {
        if (!quants) {
            return values[token * inputs + input];
        }
        long at =
                token * ActivationLayout.rowBytes(inputs)
                        + (long) input
                                / ActivationLayout.BLOCK_INPUTS
                                * ActivationLayout.BLOCK_BYTES;
        int inBlock = input % ActivationLayout.BLOCK_INPUTS;
        double scale = bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + ActivationLayout.SCALE);
        double fineScale =
                bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + ActivationLayout.FINE_SCALE);
        return scale * bytes.get(ValueLayout.JAVA_BYTE, at + ActivationLayout.COARSE + inBlock)
                + fineScale
                        * bytes.get(ValueLayout.JAVA_BYTE, at + ActivationLayout.FINE + inBlock);
    }

    /** The sum of magnitudes. */
    double magnitude(int token) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
            sum += Math.abs(value(token, i));
        }
        return sum;
    }
}
