package dev.altiplano.bench.peers;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Condition;
import dev.altiplano.compute.x86.Gpr;
import dev.altiplano.compute.x86.Label;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import dev.altiplano.compute.x86.Vec.Width;
import dev.altiplano.compute.x86.VectorOp;

/**
 * Emits loops that do one thing as fast as the processor can. Signature in C: {@code void
 * loop(const void *data, long steps)}.
 */
final class CeilingCode {
    /** Independent sums: more than latency times instructions a cycle on any processor. */
    static final int SUMS = 12;

    /** Bytes that one step of {@link #read} reads. */
    static final int READ_STEP_BYTES = 256;

    /** Far enough ahead to hide the memory's latency. */
    private static final int PREFETCH_BYTES = 2048;

    private static final int LINE_BYTES = 64;
    private static final Gpr DATA = Gpr.RDI;
    private static final Gpr STEPS = Gpr.RSI;

    private final Assembler code = new Assembler();
    private final Width width;

    private CeilingCode(Width width) {
        this.width = width;
    }

    /** Reads memory from front to back. */
    static byte[] read() {
        CeilingCode read = new CeilingCode(Width.YMM);
        return read.loop(read::readStep);
    }

    /** {@link #SUMS} fused multiply-adds a step, all in registers. */
    static byte[] floats(Width width) {
        CeilingCode floats = new CeilingCode(width);
        return floats.loop(floats::floatStep);
    }

    /** {@link #SUMS} products of vectors of bytes, and their sums. */
    static byte[] bytes(Width width) {
        CeilingCode bytes = new CeilingCode(width);
        return bytes.loop(width == Width.ZMM ? bytes::vnniStep : bytes::byteStep);
    }

    private byte[] loop(Runnable step) {
        for (int i = 0; i < SUMS + 3; i++) {
            code.emit(VectorOp.VPXOR, vector(i), vector(i), vector(i));
        }
        Label next = new Label();
        code.align(32);
        code.bind(next);
        step.run();
        code.sub(STEPS, 1);
        code.jump(Condition.NOT_EQUAL, next);
        code.vzeroupper();
        code.ret();
        return code.toBytes();
    }

    private void readStep() {
        for (int line = 0; line < READ_STEP_BYTES; line += LINE_BYTES) {
            code.prefetch(Mem.at(DATA, PREFETCH_BYTES + line));
        }
        for (int at = 0; at < READ_STEP_BYTES; at += width.bytes()) {
            Vec sum = vector(at / width.bytes() % 4);
            code.emit(VectorOp.VPXOR, sum, sum, Mem.at(DATA, at));
        }
        code.add(DATA, READ_STEP_BYTES);
    }

    private void floatStep() {
        for (int i = 0; i < SUMS; i++) {
            code.emit(VectorOp.VFMADD231PS, vector(i), x(), y());
        }
    }

    /**
     * AVX2 adds pairs of products in 16 bits. Sums that stay there are the fastest there is: 4-bit
     * weights allow it for a block, 8-bit ones do not.
     */
    private void byteStep() {
        Vec products = vector(SUMS + 2);
        for (int i = 0; i < SUMS; i++) {
            code.emit(VectorOp.VPMADDUBSW, products, x(), y());
            code.emit(VectorOp.VPADDW, vector(i), vector(i), products);
        }
    }

    private void vnniStep() {
        for (int i = 0; i < SUMS; i++) {
            code.emit(VectorOp.VPDPBUSD, vector(i), x(), y());
        }
    }

    private Vec x() {
        return vector(SUMS);
    }

    private Vec y() {
        return vector(SUMS + 1);
    }

    private Vec vector(int number) {
        return Vec.of(width, number);
    }
}
