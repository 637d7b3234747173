package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPOR;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRAD;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

/**
 * Q6_K: 256 weights in 16 sub-blocks with signed 8-bit scales that count in the block's f16 scale.
 * In a panel block: 32 words of low nibbles, 16 words of upper bit pairs, 4 words of scales, the
 * scale f16. Half h of the block (128 weights) is 4 runs g of 32 weights; word w of run g has its
 * nibbles in word 16h + 8(g mod 2) + w, low for g &lt; 2, and its upper bits at bit 2g of word 8h +
 * w.
 */
record Q6_KWeights() implements WeightCode {
    private static final int UPPER_TWO_BITS = 0x3030_3030;
    private static final float ZERO_POINT = 32;

    private static final int LOW_WORDS = 32;
    private static final int HIGH_WORDS = 16;
    private static final int SCALE_WORDS = 4;
    private static final int GROUPS_PER_SCALE = 4;

    @Override
    public TensorFormat format() {
        return TensorFormat.Q6_K;
    }

    @Override
    public boolean isWorthExpanding() {
        return true;
    }

    @Override
    public List<Integer> masks() {
        return List.of(Nibbles.LOW, UPPER_TWO_BITS);
    }

    @Override
    public int groupsIn16Bits() {
        return 2;
    }

    @Override
    public int groupsPerScale() {
        return GROUPS_PER_SCALE;
    }

    /** The two halves. */
    @Override
    public int sections() {
        return 2;
    }

    @Override
    public void bytes(ProductCode product, int panel, int group, Vec target, Vec free) {
        int run = group / 8;
        int word = group % 8;
        Mem nibbles = word(product, panel, 8 * (run % 2) + word, LOW_WORDS / 2);
        Nibbles.bytes(product, nibbles, run >= 2, target);
        Mem upper = word(product, panel, LOW_WORDS + word, HIGH_WORDS / 2);
        if (run == 2) {
            product.mask(free, upper, UPPER_TWO_BITS);
        } else {
            product.code.emit(VMOVUPS, free, upper);
            switch (run) {
                case 0 -> product.code.emit(VPSLLD, free, free, 4);
                case 1 -> product.code.emit(VPSLLD, free, free, 2);
                default -> product.code.emit(VPSRLD, free, free, 2);
            }
            product.mask(free, UPPER_TWO_BITS);
        }
        product.code.emit(VPOR, target, target, free);
    }

    @Override
    public void scale(ProductCode product, int panel, int group, Vec target, Vec free) {
        int scale = group / GROUPS_PER_SCALE;
        int words = LOW_WORDS + HIGH_WORDS;
        Mem scales = word(product, panel, words + scale / 4, SCALE_WORDS / 2);
        product.code.emit(VMOVUPS, target, scales);
        if (scale % 4 < 3) {
            product.code.emit(VPSLLD, target, target, (3 - scale % 4) * Byte.SIZE);
        }
        product.code.emit(VPSRAD, target, target, 3 * Byte.SIZE);
        product.code.emit(VCVTDQ2PS, target, target);
        int unit = (words + SCALE_WORDS) * Integer.BYTES * product.isa.lanes();
        product.code.emit(VCVTPH2PS, free, product.weights(panel, unit));
        product.code.emit(VMULPS, target, target, free);
    }

    /** Word {@code number} of all rows, of which each section has {@code perSection}. */
    private static Mem word(ProductCode product, int panel, int number, int perSection) {
        return product.weights(panel, number * Integer.BYTES * product.isa.lanes(), perSection);
    }

    @Override
    public boolean offset(
            ProductCode product, int panel, int group, Vec scale, Vec target, Vec free) {
        product.code.emit(
                VMULPS, target, scale, product.constant(Float.floatToRawIntBits(ZERO_POINT)));
        return true;
    }
}
