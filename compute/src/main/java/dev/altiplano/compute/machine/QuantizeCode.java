package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R8;
import static dev.altiplano.compute.x86.Gpr.R9;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;
import static dev.altiplano.compute.x86.Gpr.RSP;
import static dev.altiplano.compute.x86.Vec.xmm;
import static dev.altiplano.compute.x86.Vec.ymm;
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPS2DQ;
import static dev.altiplano.compute.x86.VectorOp.VDIVPS;
import static dev.altiplano.compute.x86.VectorOp.VEXTRACTF128;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMAXPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVSS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPACKSSDW;
import static dev.altiplano.compute.x86.VectorOp.VPACKSSWB;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPERMQ;
import static dev.altiplano.compute.x86.VectorOp.VPMAXSD;
import static dev.altiplano.compute.x86.VectorOp.VPSHUFD;
import static dev.altiplano.compute.x86.VectorOp.VPSRAD;
import static dev.altiplano.compute.x86.VectorOp.VSUBPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import dev.altiplano.compute.x86.VectorOp;

/**
 * Emits what turns a row of floats into {@link ActivationLayout} blocks. The function's signature
 * in C:
 *
 * <pre>
 * void quantize(const float *x, void *blocks, long count, long xOffset, long factorBits)
 * </pre>
 *
 * <p>A block has a fine scale if the square of its largest value is above {@code factor · Σ x²} of
 * the row. For each block: {@code scale = max|x| / 127}, {@code coarse = round(x / scale)}, ties to
 * even, and {@code fine} likewise of what is left. The largest magnitude is found among the bit
 * patterns, where a NaN is larger than all else, so that it reaches the scale and all results. One
 * function serves both instruction sets.
 */
final class QuantizeCode {
    /** Below the smallest magnitude that matters, and large enough that 32767 over it is finite. */
    private static final float SMALLEST = 1e-30f;

    private static final int MAGNITUDE = 0x7fff_ffff;

    // Registers: four vectors of coarse quants from 0 on, four of fine ones from 8 on, and
    // register 4 for what is needed at once only.
    private static final int COARSE = 0;
    private static final int FINE = 8;
    private static final Vec SCALE = ymm(5);
    private static final Vec INVERSE = ymm(6);
    private static final Vec STANDS_OUT = ymm(7);
    private static final Vec FINE_SCALE = ymm(12);
    private static final Vec TEMPORARY = ymm(13);
    private static final Vec LIMIT = ymm(14);

    private QuantizeCode() {}

    static byte[] emit() {
        Assembler code = new Assembler();
        ConstantPool constants = new ConstantPool(RAX);
        constants.open(code);
        code.add(RDI, RCX);
        limit(code);
        Label next = new Label();
        code.bind(next);
        largest(code, constants, ymm(4));
        standsOut(code, ymm(4));
        code.emit(VMULPS, SCALE, ymm(4), constants.of(1f / ActivationLayout.QUANT_MAX));
        code.emit(VMOVSS_STORE, Mem.at(RSI, ActivationLayout.SCALE), lowest(SCALE));
        code.emit(VMAXPS, ymm(4), ymm(4), constants.of(SMALLEST));
        code.emit(VMOVUPS, INVERSE, constants.of((float) ActivationLayout.QUANT_MAX));
        code.emit(VDIVPS, INVERSE, INVERSE, ymm(4));
        coarse(code);
        fineScale(code, constants);
        fine(code, constants);
        sums(code);
        pack(code, COARSE, ActivationLayout.COARSE);
        pack(code, FINE, ActivationLayout.FINE);
        code.add(RDI, ActivationLayout.BLOCK_INPUTS * Float.BYTES);
        code.add(RSI, ActivationLayout.BLOCK_BYTES);
        code.sub(RDX, 1);
        code.jump(Condition.NOT_EQUAL, next);
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }

    /** The lowest lane of {@link #LIMIT} = {@code factor · Σ x²} of the row. */
    private static void limit(Assembler code) {
        code.storeInt(Mem.at(RSP, -8), R8); // below the stack, which a leaf may use
        code.emit(VBROADCASTSS, LIMIT, Mem.at(RSP, -8));
        for (int i = 0; i < 4; i++) {
            code.emit(VXORPS, ymm(i), ymm(i), ymm(i));
        }
        code.mov(R9, RDI);
        code.mov(R10, RDX);
        Label next = new Label();
        code.bind(next);
        for (int i = 0; i < 4; i++) {
            code.emit(VMOVUPS, ymm(4), Mem.at(R9, i * 32));
            code.emit(VFMADD231PS, ymm(i), ymm(4), ymm(4));
        }
        code.add(R9, ActivationLayout.BLOCK_INPUTS * Float.BYTES);
        code.sub(R10, 1);
        code.jump(Condition.NOT_EQUAL, next);
        code.emit(VADDPS, ymm(0), ymm(0), ymm(1));
        code.emit(VADDPS, ymm(2), ymm(2), ymm(3));
        code.emit(VADDPS, ymm(0), ymm(0), ymm(2));
        fold(code, VADDPS, ymm(0), ymm(1));
        code.emit(VMULPS, lowest(LIMIT), lowest(LIMIT), xmm(0));
    }

    /** All bits of the lowest lane of {@link #STANDS_OUT} are set if {@code largest}² > limit. */
    private static void standsOut(Assembler code, Vec largest) {
        Vec sign = lowest(STANDS_OUT);
        code.emit(VMULPS, sign, lowest(largest), lowest(largest));
        code.emit(VSUBPS, sign, lowest(LIMIT), sign);
        code.emit(VPSRAD, sign, sign, Integer.SIZE - 1);
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

    /** The whole quants, and in {@link #FINE} what is left of them. */
    private static void coarse(Assembler code) {
        for (int i = 0; i < 4; i++) {
            Vec quants = ymm(COARSE + i);
            Vec rest = ymm(FINE + i);
            code.emit(VMULPS, rest, INVERSE, source(i));
            code.emit(VCVTPS2DQ, quants, rest);
            code.emit(VCVTDQ2PS, ymm(4), quants);
            code.emit(VSUBPS, rest, rest, ymm(4));
        }
    }

    private static void fineScale(Assembler code, ConstantPool constants) {
        Vec fine = lowest(FINE_SCALE);
        code.emit(VMULPS, fine, lowest(SCALE), constants.of(1f / ActivationLayout.FINE_STEPS));
        code.emit(VPAND, fine, fine, lowest(STANDS_OUT));
        code.emit(VMOVSS_STORE, Mem.at(RSI, ActivationLayout.FINE_SCALE), fine);
    }

    private static void fine(Assembler code, ConstantPool constants) {
        code.emit(VMOVUPS, ymm(4), constants.of((float) ActivationLayout.FINE_STEPS));
        for (int i = 0; i < 4; i++) {
            Vec rest = ymm(FINE + i);
            code.emit(VMULPS, rest, rest, ymm(4));
            code.emit(VCVTPS2DQ, rest, rest);
        }
    }

    private static void sums(Assembler code) {
        half(code, 0, xmm(4), ActivationLayout.SUM_FIRST_HALF);
        half(code, 2, INVERSE, ActivationLayout.SUM_SECOND_HALF);
        code.emit(VADDPS, xmm(4), xmm(4), lowest(INVERSE));
        code.emit(VMOVSS_STORE, Mem.at(RSI, ActivationLayout.SUM), xmm(4));
    }

    /** {@code target} = the sum of vectors {@code first} and the next, scaled and stored. */
    private static void half(Assembler code, int first, Vec target, int field) {
        Vec sum = lowest(target);
        Vec fine = lowest(STANDS_OUT); // is not needed any more
        total(code, COARSE + first, ymm(target.number()));
        code.emit(VMULPS, sum, sum, lowest(SCALE));
        total(code, FINE + first, STANDS_OUT);
        code.emit(VFMADD231PS, sum, fine, lowest(FINE_SCALE));
        code.emit(VMOVSS_STORE, Mem.at(RSI, field), sum);
    }

    /** The sum of all numbers of two vectors, as a float. */
    private static void total(Assembler code, int first, Vec target) {
        code.emit(VPADDD, target, ymm(first), ymm(first + 1));
        fold(code, VPADDD, target, TEMPORARY);
        code.emit(VCVTDQ2PS, lowest(target), lowest(target));
    }

    private static Vec lowest(Vec x) {
        return xmm(x.number());
    }

    /** 32 numbers of 32 bits become a byte each; packing interleaves the halves of two vectors. */
    private static void pack(Assembler code, int first, int field) {
        int inOrder = 0b11_01_10_00;
        Vec low = ymm(first);
        Vec high = ymm(first + 2);
        code.emit(VPACKSSDW, low, low, ymm(first + 1)); // 0-3 8-11 | 4-7 12-15
        code.emit(VPERMQ, low, low, inOrder); // 0-7 | 8-15
        code.emit(VPACKSSDW, high, high, ymm(first + 3));
        code.emit(VPERMQ, high, high, inOrder); // 16-23 | 24-31
        code.emit(VPACKSSWB, low, low, high); // 0-7 16-23 | 8-15 24-31
        code.emit(VPERMQ, low, low, inOrder);
        code.emit(VMOVUPS_STORE, Mem.at(RSI, field), low);
    }
}
