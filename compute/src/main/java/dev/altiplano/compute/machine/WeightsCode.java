package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.AttentionCode.END;
import static dev.altiplano.compute.machine.AttentionCode.FIRST;
import static dev.altiplano.compute.machine.AttentionCode.SEGMENT;
import static dev.altiplano.compute.machine.AttentionCode.STATE;
import static dev.altiplano.compute.x86.Gpr.R10;
import static dev.altiplano.compute.x86.Gpr.R11;
import static dev.altiplano.compute.x86.Gpr.RAX;
import static dev.altiplano.compute.x86.VectorOp.VADDPS;
import static dev.altiplano.compute.x86.VectorOp.VBROADCASTSS;
import static dev.altiplano.compute.x86.VectorOp.VEXTRACTF128;
import static dev.altiplano.compute.x86.VectorOp.VEXTRACTF64X4;
import static dev.altiplano.compute.x86.VectorOp.VMAXPS;
import static dev.altiplano.compute.x86.VectorOp.VMINPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPSHUFD;
import static dev.altiplano.compute.x86.VectorOp.VSUBPS;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import dev.altiplano.compute.x86.VectorOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The second step of a segment: its scores become weights relative to the largest score so far, and
 * positions that are not seen get none.
 */
final class WeightsCode {
    /**
     * The largest that scores may be: a segment times infinity, a segment times minus infinity, a
     * segment times infinity; read at an offset.
     */
    private static final MemorySegment VISIBILITY = visibility();

    private static final long SEGMENT_BYTES = (long) SEGMENT * Float.BYTES;

    private final AttentionCode attention;
    private final Assembler code;

    WeightsCode(AttentionCode attention) {
        this.attention = attention;
        this.code = attention.code;
    }

    private static MemorySegment visibility() {
        MemorySegment table = Arena.global().allocate(3L * SEGMENT * Float.BYTES, 64);
        for (int i = 0; i < 3 * SEGMENT; i++) {
            boolean hidden = i / SEGMENT == 1;
            float most = hidden ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
            table.setAtIndex(ValueLayout.JAVA_FLOAT, i, most);
        }
        return table;
    }

    void emit() {
        code.mov(R10, VISIBILITY.address() + SEGMENT_BYTES);
        code.mov(R11, R10);
        code.mov(RAX, END);
        code.shl(RAX, 2);
        code.sub(R10, RAX); // position i: no limit below END
        code.add(R11, (int) SEGMENT_BYTES);
        code.mov(RAX, FIRST);
        code.shl(RAX, 2);
        code.sub(R11, RAX); // position i: no limit from FIRST on
        for (int head = 0; head < attention.heads; head++) {
            weigh(head);
        }
    }

    private void weigh(int head) {
        int count = SEGMENT / attention.lanes();
        Vec before = vector(count);
        Vec now = vector(count + 1);
        Vec n = vector(count + 2);
        Vec p = vector(count + 3);
        for (int i = 0; i < count; i++) {
            loadVisible(head, i);
        }
        code.emit(VMAXPS, now, vector(0), vector(1));
        for (int i = 2; i < count; i++) {
            code.emit(VMAXPS, now, now, vector(i));
        }
        fold(code, VMAXPS, now, n);
        code.emit(VMOVUPS, before, attention.state.largest(head));
        code.emit(VMAXPS, now, now, before);
        code.emit(VMOVUPS_STORE, attention.state.largest(head), now);
        code.emit(VSUBPS, before, before, now);
        ExpCode.emit(code, attention.constants, before, n, p);
        code.emit(VMOVUPS_STORE, attention.state.shrink(head), before);
        code.emit(VMULPS, before, before, attention.state.weightSum(head));
        for (int i = 0; i < count; i++) {
            Vec weight = vector(i);
            code.emit(VSUBPS, weight, weight, now);
            ExpCode.emit(code, attention.constants, weight, n, p);
            code.emit(VMOVUPS_STORE, place(head, i), weight);
            code.emit(VADDPS, before, before, weight);
        }
        code.emit(VMOVUPS_STORE, attention.state.weightSum(head), before);
    }

    /** Of a NaN and a number, vminps gives the second: what is not seen may be anything. */
    private void loadVisible(int head, int i) {
        int offset = i * attention.vectorBytes();
        code.emit(VMOVUPS, vector(i), place(head, i));
        code.emit(VMINPS, vector(i), vector(i), Mem.at(R10, offset));
        code.emit(VMINPS, vector(i), vector(i), Mem.at(R11, offset));
    }

    private Mem place(int head, int i) {
        int offset = attention.state.weightsOffset(head) + i * attention.vectorBytes();
        return Mem.at(STATE, offset);
    }

    /** Brings the lanes of {@code x} together in every lane. */
    static void fold(Assembler code, VectorOp op, Vec x, Vec temporary) {
        if (x.width() == Vec.Width.ZMM) {
            Vec half = x.as(Vec.Width.YMM);
            Vec otherHalf = temporary.as(Vec.Width.YMM);
            code.emit(VEXTRACTF64X4, otherHalf, x, 1);
            code.emit(op, half, half, otherHalf);
        }
        Vec low = x.as(Vec.Width.XMM);
        Vec other = temporary.as(Vec.Width.XMM);
        code.emit(VEXTRACTF128, other, x.as(Vec.Width.YMM), 1);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b01_00_11_10);
        code.emit(op, low, low, other);
        code.emit(VPSHUFD, other, low, 0b10_11_00_01);
        code.emit(op, low, low, other);
        code.emit(VBROADCASTSS, x, low);
    }

    private Vec vector(int number) {
        return attention.vector(number);
    }
}
