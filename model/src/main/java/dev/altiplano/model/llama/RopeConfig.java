package dev.altiplano.model.llama;

import java.util.Arrays;

/**
 * Rotary positions: pair i of a head turns by {@code position · frequencies[i]} radians. Shape
 * [headDim / 2].
 *
 * <p>Frequencies are rounded to f32, as the reference implementations keep them: models were
 * trained with these roundings, which show at long positions.
 */
public final class RopeConfig {
    private final float[] frequencies;

    private RopeConfig(float[] frequencies) {
        this.frequencies = frequencies;
    }

    /** How frequencies are changed for contexts longer than those of the first training. */
    public sealed interface Scaling {
        double scale(double frequency);
    }

    public record NoScaling() implements Scaling {
        @Override
        public double scale(double frequency) {
            return frequency;
        }
    }

    /** Positions are divided by {@code factor}. */
    public record Linear(double factor) implements Scaling {
        @Override
        public double scale(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1 and later: long waves are stretched by {@code factor}, short ones kept, those
     * between blended. Source: meta-llama/llama-models, {@code apply_scaling}.
     */
    public record Llama3(double factor, double lowFactor, double highFactor, double originalContext)
            implements Scaling {
        @Override
        public double scale(double frequency) {
            double wavelength = 2 * Math.PI / frequency;
            if (wavelength < originalContext / highFactor) {
                return frequency;
            }
            if (wavelength > originalContext / lowFactor) {
                return frequency / factor;
            }
            double smooth = (originalContext / wavelength - lowFactor) / (highFactor - lowFactor);
            return frequency * ((1 - smooth) / factor + smooth);
        }
    }

    public static RopeConfig of(double base, int headDim, Scaling scaling) {
        float[] frequencies = new float[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float unscaled = (float) Math.pow(base, -2.0 * i / headDim);
            frequencies[i] = (float) scaling.scale(unscaled);
        }
        return new RopeConfig(frequencies);
    }

    /** As GGUF files give it: each base frequency is divided by its own number. */
    public static RopeConfig withDivisors(double base, float[] divisors) {
        float[] frequencies = of(base, 2 * divisors.length, new NoScaling()).frequencies;
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] /= divisors[i];
        }
        return new RopeConfig(frequencies);
    }

    /** Turns that were worked out elsewhere. */
    static RopeConfig ofFrequencies(float[] frequencies) {
        return new RopeConfig(frequencies.clone());
    }

    public int pairs() {
        return frequencies.length;
    }

    public float frequency(int pair) {
        return frequencies[pair];
    }

    /** Writes [pairs, (cos, sin)] of {@code position} to {@code target} from {@code index} on. */
    public void rotation(int position, float[] target, int index) {
        for (int i = 0; i < frequencies.length; i++) {
            float angle = position * frequencies[i];
            target[index + 2 * i] = (float) Math.cos(angle);
            target[index + 2 * i + 1] = (float) Math.sin(angle);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RopeConfig rope && Arrays.equals(frequencies, rope.frequencies);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(frequencies);
    }

    @Override
    public String toString() {
        return "RopeConfig" + Arrays.toString(frequencies);
    }
}
