package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;

import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/** Code that formats of 4 and more bits share. */
final class Nibbles {
    static final int LOW = 0x0f0f_0f0f;

    private Nibbles() {}

    /** Emits: {@code target} = the low or the high nibbles of {@code words}, a byte each. */
    static void bytes(ProductCode product, Mem words, boolean high, Vec target) {
        if (high) {
            product.code.emit(VMOVUPS, target, words);
            product.code.emit(VPSRLD, target, target, 4);
            product.mask(target, LOW);
        } else {
            product.mask(target, words, LOW);
        }
    }
}
