package dev.altiplano.compute.quant;

/**
 * What the encoders of the simple formats share: the range of a block and rounding as ggml does.
 */
final class Rounding {
    private static final float BINARY16_MIN = 0x1p-24f;

    private Rounding() {}

    /** The first weight of the largest magnitude, with its sign. */
    static float largest(float[] source, int first, int count) {
        float largest = source[first];
        for (int i = first + 1; i < first + count; i++) {
            if (Math.abs(source[i]) > Math.abs(largest)) {
                largest = source[i];
            }
        }
        return largest;
    }

    /** Of zeros with both signs the last, as the recorded bytes have it. */
    static float minimum(float[] source, int first, int count) {
        float minimum = source[first];
        for (int i = first + 1; i < first + count; i++) {
            if (source[i] <= minimum) {
                minimum = source[i];
            }
        }
        return minimum;
    }

    /** Of zeros with both signs the last, so that equal weights have no range, not minus none. */
    static float maximum(float[] source, int first, int count) {
        float maximum = source[first];
        for (int i = first + 1; i < first + count; i++) {
            if (source[i] >= maximum) {
                maximum = source[i];
            }
        }
        return maximum;
    }

    /** 1 / scale; 0 where there is no scale, or one so small that binary16 stores it as zero. */
    static float inverse(float scale) {
        float inverse = 1 / scale;
        return Float.isFinite(inverse) ? inverse : 0;
    }

    /** To the nearest whole number, halves away from zero; exact, as adding 1/2 would not be. */
    static int halfAwayFromZero(float value) {
        float magnitude = Math.abs(value);
        int floor = (int) magnitude;
        int rounded = magnitude - floor >= 0.5f ? floor + 1 : floor;
        return value < 0 ? -rounded : rounded;
    }

    /**
     * The nearest binary16, but not zero for a number that is not: with the smallest step there is,
     * very small weights keep their size roughly.
     */
    static float binary16Step(float value) {
        float rounded = Float.float16ToFloat(Float.floatToFloat16(value));
        return rounded == 0 && value != 0 ? Math.copySign(BINARY16_MIN, value) : rounded;
    }
}
