package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.INTS;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * exp for vectors, from operations whose every bit Java defines: {@code lanewise(EXP)} gives other
 * bits interpreted than compiled.
 *
 * <p>{@code exp(x) = 2ⁿ · exp(r)} with n = round(x / ln 2) and |r| at most ln 2 / 2; exp(r) is a
 * polynomial. The error is below two units in the last place. Source of the coefficients: Cephes,
 * {@code expf}.
 */
final class VectorMath {
    private static final float LOG2_E = 1.442695f;

    /** Adding and subtracting 1.5 · 2²³ rounds to the nearest whole number. */
    private static final float ROUNDER = 0x1.8p23f;

    /** ln 2 in two parts; the first has so few bits that n times it is exact. */
    private static final float LN2_HIGH = 0x1.63p-1f;

    private static final float LN2_LOW = -2.1219444e-4f;

    /** Beyond these, exp is 0 or infinite in f32, or so near that it makes no difference. */
    private static final float LOWEST = -87.3f;

    private static final float HIGHEST = 88.3f;

    private VectorMath() {}

    static FloatVector exp(FloatVector x) {
        FloatVector within = x.max(LOWEST).min(HIGHEST);
        FloatVector n = within.mul(LOG2_E).add(ROUNDER).sub(ROUNDER);
        FloatVector r = n.fma(broadcast(-LN2_HIGH), within);
        r = n.fma(broadcast(-LN2_LOW), r);
        FloatVector p = r.fma(broadcast(1.9875691e-4f), broadcast(0.0013981999f));
        p = p.fma(r, broadcast(0.008333452f));
        p = p.fma(r, broadcast(0.041665796f));
        p = p.fma(r, broadcast(0.16666666f));
        p = p.fma(r, broadcast(0.5f));
        p = p.fma(r.mul(r), r.add(1));
        IntVector exponent = (IntVector) n.convertShape(F2I, INTS, 0);
        FloatVector power = exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        return p.mul(power)
                .blend(0, x.compare(LT, LOWEST))
                .blend(Float.POSITIVE_INFINITY, x.compare(GT, HIGHEST));
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(VectorLanes.FLOATS, value);
    }
}
