package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.Gpr.R8;
import static dev.altiplano.compute.x86.Gpr.R9;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.Gpr.RCX;
import static dev.altiplano.compute.x86.Gpr.RDI;
import static dev.altiplano.compute.x86.Gpr.RDX;
import static dev.altiplano.compute.x86.Gpr.RSI;
import static dev.altiplano.compute.x86.Gpr.RSP;
import static dev.altiplano.compute.x86.Vec.ymm;
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VDIVPS;
import static dev.altiplano.compute.x86.VectorOp.VFMADD231PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VSUBPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Emits the kernels that go over a row of floats, eight at a time. Both instruction sets run them.
 */
final class RowCode {
    static final int STEP = 8;

    private RowCode() {}

    /**
     * The sum of squares, in eight parts:
     *
     * <pre>
     * void squares(const float *x, float *sums, long count, long xOffset)
     * </pre>
     *
     * <p>Offsets are in bytes; {@code count} is in steps of eight; part i has every eighth value
     * from i on.
     */
    static byte[] squares() {
        Assembler code = new Assembler();
        code.add(RDI, RCX);
        code.emit(VXORPS, ymm(0), ymm(0), ymm(0));
        Label next = new Label();
        code.bind(next);
        code.emit(VMOVUPS, ymm(1), Mem.at(RDI));
        code.emit(VFMADD231PS, ymm(0), ymm(1), ymm(1));
        code.add(RDI, STEP * Float.BYTES);
        code.sub(RDX, STEP);
        code.jump(Condition.GREATER, next);
        code.emit(VMOVUPS_STORE, Mem.at(RSI), ymm(0));
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }

    /**
     * {@code out = weight · (x · scale)}, with x and out from {@code offset} bytes on:
     *
     * <pre>
     * void scale(const float *x, const float *weight, float *out, long count, long scaleBits,
     *            long offset)
     * </pre>
     */
    static byte[] scale() {
        Assembler code = new Assembler();
        code.storeInt(Mem.at(RSP, -8), R8); // below the stack, which a leaf may use
        code.emit(VBROADCASTSS, ymm(0), Mem.at(RSP, -8));
        code.add(RDI, R9);
        code.add(RDX, R9);
        Label next = new Label();
        code.bind(next);
        code.emit(VMULPS, ymm(1), ymm(0), Mem.at(RDI));
        code.emit(VMULPS, ymm(1), ymm(1), Mem.at(RSI));
        code.emit(VMOVUPS_STORE, Mem.at(RDX), ymm(1));
        code.add(RDI, STEP * Float.BYTES);
        code.add(RSI, STEP * Float.BYTES);
        code.add(RDX, STEP * Float.BYTES);
        code.sub(RCX, STEP);
        code.jump(Condition.GREATER, next);
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }

    /**
     * {@code gate = gate / (1 + exp(-gate)) · up}, both from {@code offset} bytes on:
     *
     * <pre>
     * void siluMultiply(float *gate, const float *up, long count, long offset)
     * </pre>
     */
    static byte[] siluMultiply() {
        Assembler code = new Assembler();
        ConstantPool constants = new ConstantPool(RAX);
        constants.open(code);
        code.add(RDI, RCX);
        code.add(RSI, RCX);
        Vec x = ymm(0);
        Vec e = ymm(1);
        Label next = new Label();
        code.bind(next);
        code.emit(VMOVUPS, x, Mem.at(RDI));
        code.emit(VXORPS, e, e, e);
        code.emit(VSUBPS, e, e, x);
        ExpCode.emit(code, constants, e, ymm(2), ymm(3));
        code.emit(VADDPS, e, e, constants.of(1f));
        code.emit(VDIVPS, x, x, e);
        code.emit(VMULPS, x, x, Mem.at(RSI));
        code.emit(VMOVUPS_STORE, Mem.at(RDI), x);
        code.add(RDI, STEP * Float.BYTES);
        code.add(RSI, STEP * Float.BYTES);
        code.sub(RDX, STEP);
        code.jump(Condition.GREATER, next);
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }
}
