package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPS2DQ;
import static dev.altiplano.compute.x86.VectorOp.VFMADD213PS;
import static dev.altiplano.compute.x86.VectorOp.VFNMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMAXPS;
import static dev.altiplano.compute.x86.VectorOp.VMINPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Vec;

/**
 * exp of a vector: {@code 2ⁿ · exp(r)} with n = round(x / ln 2) and |r| at most ln 2 / 2; exp(r) is
 * a polynomial. The error is below two units in the last place. Above 88.3, where f32 all but ends,
 * it is infinite; below -87.3 the smallest normal number is given. Source of the coefficients:
 * Cephes, {@code expf}.
 */
final class ExpCode {
    private static final float LOWEST = -87.3f;

    /** 2¹²⁸, which the exponent's bits spell as infinity. */
    private static final float HIGHEST = 88.8f;

    private static final float LOG2_E = 1.442695f;

    /** ln 2 in two parts; the first has so few bits that n times it is exact. */
    private static final float LN2_HIGH = 0x1.63p-1f;

    private static final float LN2_LOW = -2.1219444e-4f;

    private static final float[] COEFFICIENTS = {
        1.9875691e-4f, 0.0013981999f, 0.008333452f, 0.041665796f, 0.16666666f, 0.5f
    };

    private ExpCode() {}

    /**
     * Emits {@code x = exp(x)}; {@code n} and {@code p} are overwritten. A NaN becomes a number.
     */
    static void emit(Assembler code, ConstantPool constants, Vec x, Vec n, Vec p) {
        code.emit(VMAXPS, x, x, constants.of(LOWEST));
        code.emit(VMINPS, x, x, constants.of(HIGHEST));
        code.emit(VMULPS, n, x, constants.of(LOG2_E));
        code.emit(VCVTPS2DQ, n, n);
        code.emit(VCVTDQ2PS, p, n);
        code.emit(VFNMADD231PS, x, p, constants.of(LN2_HIGH));
        code.emit(VFNMADD231PS, x, p, constants.of(LN2_LOW)); // x is r from here on
        code.emit(VMOVUPS, p, constants.of(COEFFICIENTS[0]));
        for (int i = 1; i < COEFFICIENTS.length; i++) {
            code.emit(VFMADD213PS, p, x, constants.of(COEFFICIENTS[i]));
        }
        // exp(r) = (p·r + 1)·r + 1
        code.emit(VFMADD213PS, p, x, constants.of(1f));
        code.emit(VFMADD213PS, p, x, constants.of(1f));
        code.emit(VPADDD, n, n, constants.of(127));
        code.emit(VPSLLD, n, n, 23);
        code.emit(VMULPS, x, p, n);
    }
}
