package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPMULLD;
import static dev.altiplano.compute.x86.VectorOp.VPOR;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;
import static dev.altiplano.compute.x86.VectorOp.VPXOR;
import static dev.altiplano.compute.x86.VectorOp.VSUBPS;
import static dev.altiplano.compute.x86.VectorOp.VXORPS;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

/**
 * The formats with one scale for 32 weights: Q4_0, Q4_1, Q5_0, Q5_1 and Q8_0. In a panel block:
 * scale f16, in Q4_1 and Q5_1 a minimum f16, in Q5_0 and Q5_1 a word of fifth bits (bit i is of
 * weight i), then the words of quants. Word j of 4-bit quants holds weights 4j to 4j + 3 in its low
 * nibbles and those 16 further on in its high nibbles.
 */
record SimpleWeights(TensorFormat format) implements WeightCode {
    private static final int LOW_NIBBLE = 0xf;

    /** Bit 4 of every byte, and the factor that brings bit i of a nibble to bit 4 of byte i. */
    private static final int FIFTH_BITS = 0x1010_1010;

    private static final int SPREAD = 0x0204_0810;

    /** Changes a signed byte to an unsigned one that is larger by 128. */
    private static final int SIGN_BITS = 0x8080_8080;

    @Override
    public boolean isWorthExpanding() {
        return hasFifthBits();
    }

    @Override
    public List<Integer> masks() {
        return is8Bit() ? List.of() : List.of(Nibbles.LOW);
    }

    @Override
    public int groupsIn16Bits() {
        return is8Bit() ? 1 : hasFifthBits() ? 4 : 8;
    }

    @Override
    public int groupsPerScale() {
        return 8;
    }

    /** AVX-512 multiplies unsigned bytes by signed ones exactly; AVX2 saturates sums of pairs. */
    @Override
    public boolean isSigned(InstructionSet isa) {
        return is8Bit() && isa == InstructionSet.AVX2;
    }

    private boolean is8Bit() {
        return format == TensorFormat.Q8_0;
    }

    private boolean hasFifthBits() {
        return format == TensorFormat.Q5_0 || format == TensorFormat.Q5_1;
    }

    private boolean hasMinimum() {
        return format == TensorFormat.Q4_1 || format == TensorFormat.Q5_1;
    }

    /** The unsigned value that stands for zero, where there is no minimum. */
    private float zeroPoint() {
        return is8Bit() ? 128 : hasFifthBits() ? 16 : 8;
    }

    @Override
    public void bytes(ProductCode product, int panel, int group, Vec target, Vec free) {
        if (is8Bit()) {
            product.code.emit(VMOVUPS, target, word(product, panel, group));
            if (!isSigned(product.isa)) {
                product.code.emit(VPXOR, target, target, product.constant(SIGN_BITS));
            }
            return;
        }
        Nibbles.bytes(product, word(product, panel, group % 4), group >= 4, target);
        if (hasFifthBits()) {
            product.code.emit(VMOVUPS, free, halves(product, panel, hasMinimum() ? 2 : 1));
            product.code.emit(VPSRLD, free, free, 4 * group);
            product.code.emit(VPAND, free, free, product.constant(LOW_NIBBLE));
            product.code.emit(VPMULLD, free, free, product.constant(SPREAD));
            product.code.emit(VPAND, free, free, product.constant(FIFTH_BITS));
            product.code.emit(VPOR, target, target, free);
        }
    }

    @Override
    public void scale(ProductCode product, int panel, int group, Vec target, Vec free) {
        product.code.emit(VCVTPH2PS, target, halves(product, panel, 0));
    }

    @Override
    public boolean offset(
            ProductCode product, int panel, int group, Vec scale, Vec target, Vec free) {
        if (isSigned(product.isa)) {
            return false;
        }
        if (hasMinimum()) {
            product.code.emit(VCVTPH2PS, free, halves(product, panel, 1));
            product.code.emit(VXORPS, target, target, target);
            product.code.emit(VSUBPS, target, target, free);
        } else {
            product.code.emit(
                    VMULPS, target, scale, product.constant(Float.floatToRawIntBits(zeroPoint())));
        }
        return true;
    }

    /** The place of the {@code number}th half of all rows. */
    private static Mem halves(ProductCode product, int panel, int number) {
        return product.weights(panel, number * Short.BYTES * product.isa.lanes());
    }

    /** The place of the {@code number}th word of quants of all rows. */
    private Mem word(ProductCode product, int panel, int number) {
        int before = format.blockBytes() - (is8Bit() ? 32 : 16);
        return product.weights(panel, (before + number * Integer.BYTES) * product.isa.lanes());
    }
}
