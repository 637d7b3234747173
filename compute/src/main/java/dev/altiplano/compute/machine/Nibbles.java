package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPOR;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRLW;

import dev.altiplano.compute.x86.Assembler;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/** Code that formats of 4 and more bits share: four bytes in a lane become two pairs of 16 bits. */
final class Nibbles {
    /** The low nibble of every 16 bits: {@link QuantBlockCode#mask} of these formats. */
    static final int LOW = 0x000f_000f;

    private Nibbles() {}

    /** Emits: the low or the high nibbles of bytes 0 and 2, and of bytes 1 and 3. */
    static void pairs(ProductCode product, Mem words, boolean high, Vec even, Vec odd) {
        Assembler code = product.code;
        Vec mask = QuantBlockCode.mask(product);
        code.emit(VMOVUPS, odd, words);
        if (high) {
            code.emit(VPSRLW, even, odd, 4);
            code.emit(VPAND, even, even, mask);
            code.emit(VPSRLW, odd, odd, 12);
        } else {
            code.emit(VPAND, even, odd, mask);
            code.emit(VPSRLW, odd, odd, 8);
            code.emit(VPAND, odd, odd, mask);
        }
    }

    /**
     * Emits: the bits of {@code bits} that stand {@code shift} too high (or, negative, too low) and
     * are in {@code mask} once they are in place, set in both pairs. {@code bits} is overwritten.
     */
    static void addBits(ProductCode product, Vec bits, int shift, int mask, Vec even, Vec odd) {
        Assembler code = product.code;
        if (shift > 0) {
            code.emit(VPSRLD, bits, bits, shift);
        } else if (shift < 0) {
            code.emit(VPSLLD, bits, bits, -shift);
        }
        code.emit(VPAND, bits, bits, product.constant(mask | mask << Byte.SIZE));
        Vec ofEven = QuantBlockCode.activation(product); // not in use yet
        code.emit(VPAND, ofEven, bits, product.constant(mask));
        code.emit(VPOR, even, even, ofEven);
        code.emit(VPSRLW, bits, bits, Byte.SIZE);
        code.emit(VPOR, odd, odd, bits);
    }
}
