package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VPMOVSXBD;

import dev.altiplano.compute.quant.KvType;
import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/** How a vector of keys or values becomes f32: all that differs between types of cache. */
final class KvLoads {
    private KvLoads() {}

    /** Emits: {@code dst} = the values at {@code place}, without their scale. */
    static void emit(Assembler code, KvType type, Vec dst, Mem place) {
        switch (type) {
            case F32 -> code.emit(VMOVUPS, dst, place);
            case F16 -> code.emit(VCVTPH2PS, dst, place);
            case Q8_0 -> {
                code.emit(VPMOVSXBD, dst, place);
                code.emit(VCVTDQ2PS, dst, dst);
            }
        }
    }
}
