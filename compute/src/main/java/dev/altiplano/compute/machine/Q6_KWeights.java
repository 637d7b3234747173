package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRAD;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Q6_K: 256 weights in 16 sub-blocks with signed 8-bit scales that count in the block's f16 scale.
 * In a panel block: 32 words of low nibbles, 16 words of upper bit pairs, 4 words of scales, the
 * scale f16. Half h of the block (128 weights) is 4 runs g of 32 weights; word w of run g has its
 * nibbles in word 16h + 8(g mod 2) + w, low for g &lt; 2, and its upper bits at bit 2g of word 8h +
 * w.
 */
record Q6_KWeights() implements WeightCode {
    private static final int UPPER_TWO_BITS = 0x0030_0030;
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
    public int mask() {
        return Nibbles.LOW;
    }

    @Override
    public int groupsPerScale() {
        return GROUPS_PER_SCALE;
    }

    @Override
    public void pairs(ProductCode product, int panel, int group, Vec even, Vec odd) {
        int half = group / 32;
        int run = group % 32 / 8;
        int word = group % 8;
        int lanes = product.isa.lanes();
        int low = 16 * half + 8 * (run % 2) + word;
        int high = LOW_WORDS + 8 * half + word;
        Mem nibbles = product.weights(panel, low * Integer.BYTES * lanes);
        Nibbles.pairs(product, nibbles, run >= 2, even, odd);
        Vec bits = QuantBlockCode.temporary(product);
        product.code.emit(VMOVUPS, bits, product.weights(panel, high * Integer.BYTES * lanes));
        Nibbles.addBits(product, bits, 2 * run - 4, UPPER_TWO_BITS, even, odd);
    }

    @Override
    public void scale(ProductCode product, int panel, int group, Vec target) {
        int scale = group / GROUPS_PER_SCALE;
        int lanes = product.isa.lanes();
        int words = LOW_WORDS + HIGH_WORDS;
        int at = (words + scale / 4) * Integer.BYTES * lanes;
        Vec unit = QuantBlockCode.temporary(product);
        product.code.emit(VMOVUPS, target, product.weights(panel, at));
        if (scale % 4 < 3) {
            product.code.emit(VPSLLD, target, target, (3 - scale % 4) * Byte.SIZE);
        }
        product.code.emit(VPSRAD, target, target, 3 * Byte.SIZE);
        product.code.emit(VCVTDQ2PS, target, target);
        int unitAt = (words + SCALE_WORDS) * Integer.BYTES * lanes;
        product.code.emit(VCVTPH2PS, unit, product.weights(panel, unitAt));
        product.code.emit(VMULPS, target, target, unit);
    }

    @Override
    public boolean offset(ProductCode product, int panel, int group, Vec scale, Vec target) {
        product.code.emit(
                VMULPS, target, scale, product.constant(Float.floatToRawIntBits(ZERO_POINT)));
        return true;
    }
}
