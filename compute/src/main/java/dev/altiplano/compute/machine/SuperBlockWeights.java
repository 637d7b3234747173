package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPOR;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Q4_K and Q5_K: 256 weights in 8 sub-blocks, each with a scale and a minimum of 6 bits that count
 * in the block's f16 scale and f16 scale of minimums. In a panel block: these two, three words that
 * pack the 6-bit numbers, in Q5_K eight words of fifth bits (bit s of byte i of word w is of weight
 * 4w + i of sub-block s), then the words of nibbles: sub-blocks 2k and 2k + 1 share eight, low and
 * high.
 *
 * <p>Scales and minimums of a block are unpacked into a table of floats first.
 */
record SuperBlockWeights(TensorFormat format) implements WeightCode {
    private static final int NIBBLES_OF_BYTES = 0x0f0f_0f0f;
    private static final int SIX_BITS = 0x3f3f_3f3f;
    private static final int UPPER_TWO_BITS = 0x3030_3030;
    private static final int LOW_BYTE = 0xff;
    private static final int FIFTH_BITS = 0x0010_0010;
    private static final int SUB_BLOCKS = 8;
    private static final int GROUPS_PER_SUB_BLOCK = 8;

    @Override
    public int mask() {
        return Nibbles.LOW;
    }

    @Override
    public int groupsPerScale() {
        return GROUPS_PER_SUB_BLOCK;
    }

    private boolean hasFifthBits() {
        return format == TensorFormat.Q5_K;
    }

    @Override
    public int tableVectors() {
        return 2 * SUB_BLOCKS;
    }

    /**
     * The 12 bytes s of a row, as words A = s[0..3], B = s[4..7], C = s[8..11]:
     *
     * <pre>
     * scales 0 to 3: A &amp; 63           scales 4 to 7: C &amp; 15 | (A &gt;&gt; 6) &lt;&lt; 4
     * minima 0 to 3: B &amp; 63           minima 4 to 7: C &gt;&gt; 4 | (B &gt;&gt; 6) &lt;&lt; 4
     * </pre>
     */
    @Override
    public void table(ProductCode product) {
        for (int panel = 0; panel < product.panels; panel++) {
            table(product, panel, 0);
            table(product, panel, 1);
        }
    }

    /** Scales for {@code kind} 0, minima for 1. */
    private void table(ProductCode product, int panel, int kind) {
        Vec unit = product.spare(0);
        Vec word = product.spare(1);
        Vec upper = product.spare(2);
        int lanes = product.isa.lanes();
        product.code.emit(VCVTPH2PS, unit, product.weights(panel, kind * Short.BYTES * lanes));

        product.code.emit(VMOVUPS, word, packed(product, panel, kind));
        product.code.emit(VPSRLD, upper, word, 2);
        product.code.emit(VPAND, upper, upper, product.constant(UPPER_TWO_BITS));
        product.code.emit(VPAND, word, word, product.constant(SIX_BITS));
        tableEntries(product, panel, kind, word, unit);

        product.code.emit(VMOVUPS, word, packed(product, panel, 2));
        if (kind == 1) {
            product.code.emit(VPSRLD, word, word, 4);
        }
        product.code.emit(VPAND, word, word, product.constant(NIBBLES_OF_BYTES));
        product.code.emit(VPOR, word, word, upper);
        tableEntries(product, panel, kind + 2 * 4, word, unit);
    }

    /** Entries of four sub-blocks, whose numbers are the bytes of {@code word}. */
    private void tableEntries(ProductCode product, int panel, int first, Vec word, Vec unit) {
        Vec entry = product.spare(3);
        for (int i = 0; i < 4; i++) {
            product.code.emit(VPSRLD, entry, word, i * Byte.SIZE);
            if (i < 3) {
                product.code.emit(VPAND, entry, entry, product.constant(LOW_BYTE));
            }
            product.code.emit(VCVTDQ2PS, entry, entry);
            product.code.emit(VMULPS, entry, entry, unit);
            product.code.emit(VMOVUPS_STORE, product.table(panel, first + 2 * i), entry);
        }
    }

    @Override
    public void pairs(ProductCode product, int panel, int group, Vec even, Vec odd) {
        int subBlock = group / GROUPS_PER_SUB_BLOCK;
        int word = group % GROUPS_PER_SUB_BLOCK;
        int before = 4 + 12 + (hasFifthBits() ? 32 : 0);
        Mem nibbles = word(product, panel, before, subBlock / 2 * 8 + word);
        Nibbles.pairs(product, nibbles, subBlock % 2 == 1, even, odd);
        if (hasFifthBits()) {
            Vec bits = QuantBlockCode.temporary(product);
            product.code.emit(VMOVUPS, bits, word(product, panel, 4 + 12, word));
            Nibbles.addBits(product, bits, subBlock - 4, FIFTH_BITS, even, odd);
        }
    }

    private static Mem packed(ProductCode product, int panel, int number) {
        return word(product, panel, 4, number);
    }

    /** The place of the {@code number}th word of all rows, after {@code before} bytes of a row. */
    private static Mem word(ProductCode product, int panel, int before, int number) {
        return product.weights(panel, (before + number * Integer.BYTES) * product.isa.lanes());
    }

    @Override
    public void scale(ProductCode product, int panel, int group, Vec target) {
        int subBlock = group / GROUPS_PER_SUB_BLOCK;
        product.code.emit(VMOVUPS, target, product.table(panel, 2 * subBlock));
    }

    @Override
    public boolean offset(ProductCode product, int panel, int group, Vec scale, Vec target) {
        int subBlock = group / GROUPS_PER_SUB_BLOCK;
        product.code.emit(VMOVUPS, target, product.table(panel, 2 * subBlock + 1));
        return true;
    }
}
