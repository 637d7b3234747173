package dev.altiplano.model.vision;

/**
 * The exact Gaussian error linear unit: {@code x · Φ(x) = x/2 · (1 + erf(x/√2))}. Source: Hendrycks
 * and Gimpel, "Gaussian Error Linear Units" (2016).
 *
 * <p>The error function by rational approximations, good to about 1e-15. Source: W. J. Cody,
 * "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969).
 */
final class Gelu {
    private static final double SQRT_HALF = Math.sqrt(0.5);

    /** Up to here erf itself is approximated, above it 1 - erf. */
    private static final double SMALL = 0.46875;

    /** From here on 1 - erf is less than 2e-8, which f32 cannot hold beside 1. */
    private static final double LARGE = 4;

    // Highest power first.
    private static final double[] ERF_ABOVE = {
        0.18577770618460315,
        3.1611237438705655,
        113.86415415105016,
        377.485237685302,
        3209.3775891384694
    };
    private static final double[] ERF_BELOW = {
        1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
    };
    private static final double[] ERFC_ABOVE = {
        2.1531153547440383e-8,
        0.5641884969886701,
        8.883149794388377,
        66.11919063714163,
        298.6351381974001,
        881.952221241769,
        1712.0476126340707,
        2051.0783778260716,
        1230.3393547979972
    };
    private static final double[] ERFC_BELOW = {
        1,
        15.744926110709835,
        117.6939508913125,
        537.1811018620099,
        1621.3895745666903,
        3290.7992357334597,
        4362.619090143247,
        3439.3676741437216,
        1230.3393548037495
    };

    private Gelu() {}

    /** Replaces the values {@code from} (inclusive) to {@code to} (exclusive) of {@code x}. */
    static void apply(float[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] = (float) (0.5 * x[i] * (1 + erf(x[i] * SQRT_HALF)));
        }
    }

    /** The error function; 1 or -1 beyond ±4. */
    static double erf(double x) {
        double size = Math.abs(x);
        if (size <= SMALL) {
            double square = x * x;
            return x * polynomial(ERF_ABOVE, square) / polynomial(ERF_BELOW, square);
        }
        if (size >= LARGE) {
            return Math.signum(x);
        }
        double rest = Math.exp(-size * size);
        rest *= polynomial(ERFC_ABOVE, size) / polynomial(ERFC_BELOW, size);
        return Math.copySign(1 - rest, x);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
