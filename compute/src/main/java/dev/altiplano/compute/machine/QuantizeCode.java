package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;
import static dev.altiplano.compute.x86.Vec.xmm;
import static dev.altiplano.compute.x86.Vec.ymm;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPS2DQ;
import static dev.altiplano.compute.x86.VectorOp.VDIVPS;
import static dev.altiplano.compute.x86.VectorOp.VEXTRACTF128;
import static dev.altiplano.compute.x86.VectorOp.VMAXPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVSS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPACKSSDW;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPERMQ;
import static dev.altiplano.compute.x86.VectorOp.VPMAXSD;
import static dev.altiplano.compute.x86.VectorOp.VPSHUFD;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import dev.altiplano.compute.x86.VectorOp;

/**
 * Emits what turns floats into {@link ActivationLayout} blocks. The function's signature in C:
 *
 * <pre>
 * void quantize(const float *x, void *blocks, long count, long xOffset)
 * </pre>
 *
 * <p>For each block: {@code scale = max|x| / 32767}, {@code quant = round(x / scale)}, ties to
 * even. The largest magnitude is found among the bit patterns, where a NaN is larger than all else,
 * so that it reaches the scale and all results. One function serves both instruction sets.
 */
final class QuantizeCode {
    /** Below the smallest magnitude that matters, and large enough that 32767 over it is finite. */
    private static final float SMALLEST = 1e-30f;

    private static final int MAGNITUDE = 0x7fff_ffff;

    private QuantizeCode() {}

    static byte[] emit() {
        Assembler code = new Assembler();
        ConstantPool constants = new ConstantPool(RAX);
        constants.open(code);
        code.add(RDI, RCX);
        Label next = new Label();
        code.bind(next);
        largest(code, constants, ymm(4));
        Vec scale = ymm(5);
        Vec inverse = ymm(6);
        code.emit(VMULPS, scale, ymm(4), constants.of(1f / ActivationLayout.QUANT_MAX));
        code.emit(VMAXPS, ymm(4), ymm(4), constants.of(SMALLEST));
        code.emit(VMOVUPS, inverse, constants.of((float) ActivationLayout.QUANT_MAX));
        code.emit(VDIVPS, inverse, inverse, ymm(4));
        for (int i = 0; i < 4; i++) {
            code.emit(VMULPS, ymm(i), inverse, source(i));
            code.emit(VCVTPS2DQ, ymm(i), ymm(i));
        }
        sums(code, scale);
        code.emit(VMOVSS_STORE, Mem.at(RSI, ActivationLayout.SCALE), xmm(5));
        pack(code);
        code.add(RDI, ActivationLayout.BLOCK_INPUTS * Float.BYTES);
        code.add(RSI, ActivationLayout.BLOCK_BYTES);
        code.sub(RDX, 1);
        code.jump(Condition.NOT_EQUAL, next);
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }

    private static Mem source(int vector) {
        return Mem.at(RDI, vector * 32);
    }

    /** {@code target} = the largest magnitude of the 32 floats, in every lane. */
    private static void largest(Assembler code, ConstantPool constants, Vec target) {
        code.emit(VMOVUPS, ymm(7), constants.of(MAGNITUDE));
        for (int i = 0; i < 4; i++) {
            code.emit(VPAND, ymm(i), ymm(7), source(i));
        }
        code.emit(VPMAXSD, ymm(0), ymm(0), ymm(1));
        code.emit(VPMAXSD, ymm(2), ymm(2), ymm(3));
        code.emit(VPMAXSD, ymm(0), ymm(0), ymm(2));
        fold(code, VPMAXSD, ymm(0), ymm(1));
        code.emit(VBROADCASTSS, target, xmm(0));
    }

    /** Brings the eight lanes of {@code x} together in the lowest four lanes. */
    private static void fold(Assembler code, VectorOp op, Vec x, Vec temporary) {
        Vec low = xmm(x.number());
        Vec other = xmm(temporary.number());
        code.emit(VEXTRACTF128, other, x, 1);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b01_00_11_10);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b10_11_00_01);
        code.emit(op, low, low, other);
    }

    private static void sums(Assembler code, Vec scale) {
        code.emit(VPADDD, ymm(7), ymm(0), ymm(1));
        code.emit(VPADDD, ymm(8), ymm(2), ymm(3));
        fold(code, VPADDD, ymm(7), ymm(9));
        fold(code, VPADDD, ymm(8), ymm(9));
        code.emit(VPADDD, xmm(9), xmm(7), xmm(8));
        int[] fields = {
            ActivationLayout.SUM_FIRST_HALF, ActivationLayout.SUM_SECOND_HALF, ActivationLayout.SUM
        };
        for (int i = 0; i < fields.length; i++) {
            Vec sum = xmm(7 + i);
            code.emit(VCVTDQ2PS, sum, sum);
            code.emit(VMULPS, sum, sum, xmm(scale.number()));
            code.emit(VMOVSS_STORE, Mem.at(RSI, fields[i]), sum);
        }
    }

    /** 32 numbers of 32 bits become 16 bits each; packing interleaves the halves of two vectors. */
    private static void pack(Assembler code) {
        for (int i = 0; i < 4; i++) {
            code.emit(VPSHUFD, ymm(i), ymm(i), 0b11_01_10_00); // 0 2 1 3 | 4 6 5 7
        }
        for (int i = 0; i < 4; i += 2) {
            code.emit(VPACKSSDW, ymm(i), ymm(i), ymm(i + 1)); // 0-3 8-11 | 4-7 12-15
            code.emit(VPERMQ, ymm(i), ymm(i), 0b11_01_10_00); // 0-3 4-7 | 8-11 12-15
            int at = ActivationLayout.QUANTS + i * 8 * Short.BYTES;
            code.emit(VMOVUPS_STORE, Mem.at(RSI, at), ymm(i));
        }
    }
}
