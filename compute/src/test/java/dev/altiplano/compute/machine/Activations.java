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
        int[] sums = new int[2];
        for (int i = 0; i < ActivationLayout.BLOCK_INPUTS; i++) {
            int quant =
                    largest == 0
                            ? 0
                            : (int)
                                    Math.rint(
                                            values[first + i]
                                                    * (ActivationLayout.QUANT_MAX / largest));
            sums[i / 16] += quant;
            bytes.set(
                    ValueLayout.JAVA_SHORT_UNALIGNED,
                    at + ActivationLayout.quantOffset(i),
                    (short) quant);
        }
        put(at + ActivationLayout.SCALE, scale);
        put(at + ActivationLayout.SUM_FIRST_HALF, scale * sums[0]);
        put(at + ActivationLayout.SUM_SECOND_HALF, scale * sums[1]);
        put(at + ActivationLayout.SUM, scale * (sums[0] + sums[1]));
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
        float scale = bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + ActivationLayout.SCALE);
        int quant =
                bytes.get(
                        ValueLayout.JAVA_SHORT_UNALIGNED,
                        at + ActivationLayout.quantOffset(input % ActivationLayout.BLOCK_INPUTS));
        return (double) scale * quant;
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
