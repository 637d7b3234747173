package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VCVTDQ2PS;
import static dev.altiplano.compute.x86.VectorOp.VCVTPH2PS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;
import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;
import static dev.altiplano.compute.x86.VectorOp.VMULPS;
import static dev.altiplano.compute.x86.VectorOp.VPADDD;
import static dev.altiplano.compute.x86.VectorOp.VPAND;
import static dev.altiplano.compute.x86.VectorOp.VPOR;
import static dev.altiplano.compute.x86.VectorOp.VPSLLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRLD;
import static dev.altiplano.compute.x86.VectorOp.VPSRLVD;
import static dev.altiplano.compute.x86.VectorOp.VPXOR;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;
import java.util.List;

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
    private static final int LOWEST_BITS = 0x0101_0101;
    private static final int SUB_BLOCKS = 8;
    private static final int GROUPS_PER_SUB_BLOCK = 8;

    /** Of two sub-blocks, whose nibbles share their words. */
    private static final int SECTION_SUB_BLOCKS = 2;

    /** Table vectors of a sub-block: scale, minimum. */
    private static final int ENTRIES = 2;

    /** The table vector with the number of the section's first sub-block; of panel 0. */
    private static final int FIRST_SUB_BLOCK = ENTRIES * SUB_BLOCKS;

    @Override
    public boolean isWorthExpanding() {
        return true;
    }

    @Override
    public List<Integer> masks() {
        return List.of(Nibbles.LOW);
    }

    @Override
    public int groupsIn16Bits() {
        return hasFifthBits() ? 4 : 8;
    }

    @Override
    public int sections() {
        return SUB_BLOCKS / SECTION_SUB_BLOCKS;
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
        return ENTRIES * SUB_BLOCKS + (hasFifthBits() ? 1 : 0);
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
    public void begin(ProductCode product) {
        for (int panel = 0; panel < product.panels; panel++) {
            table(product, panel, 0);
            table(product, panel, 1);
        }
        if (hasFifthBits()) {
            Vec zero = product.spare(0);
            product.code.emit(VPXOR, zero, zero, zero);
            product.code.emit(VMOVUPS_STORE, product.table(0, FIRST_SUB_BLOCK), zero);
        }
    }

    @Override
    public void endSection(ProductCode product) {
        if (hasFifthBits()) {
            Vec number = product.spare(0);
            Mem place = product.table(0, FIRST_SUB_BLOCK);
            product.code.emit(VMOVUPS, number, place);
            product.code.emit(VPADDD, number, number, product.constant(SECTION_SUB_BLOCKS));
            product.code.emit(VMOVUPS_STORE, place, number);
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
        tableEntries(product, panel, kind + ENTRIES * 4, word, unit);
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
            product.code.emit(VMOVUPS_STORE, product.table(panel, first + ENTRIES * i), entry);
        }
    }

    @Override
    public void bytes(ProductCode product, int panel, int group, Vec target, Vec free) {
        int subBlock = group / GROUPS_PER_SUB_BLOCK;
        int word = group % GROUPS_PER_SUB_BLOCK;
        int before = 4 + 12 + (hasFifthBits() ? 32 : 0) + word * Integer.BYTES;
        Mem nibbles = product.weights(panel, before * product.isa.lanes(), 8);
        Nibbles.bytes(product, nibbles, subBlock == 1, target);
        if (hasFifthBits()) {
            product.code.emit(VMOVUPS, free, word(product, panel, 4 + 12, word));
            if (subBlock == 1) {
                product.code.emit(VPSRLD, free, free, 1);
            }
            product.code.emit(VPSRLVD, free, free, product.table(0, FIRST_SUB_BLOCK));
            product.code.emit(VPAND, free, free, product.constant(LOWEST_BITS));
            product.code.emit(VPSLLD, free, free, 4);
            product.code.emit(VPOR, target, target, free);
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
    public void scale(ProductCode product, int panel, int group, Vec target, Vec free) {
        product.code.emit(VMOVUPS, target, entry(product, panel, group, 0));
    }

    @Override
    public boolean offset(
            ProductCode product, int panel, int group, Vec scale, Vec target, Vec free) {
        product.code.emit(VMOVUPS, target, entry(product, panel, group, 1));
        return true;
    }

    private static Mem entry(ProductCode product, int panel, int group, int kind) {
        int subBlock = group / GROUPS_PER_SUB_BLOCK;
        return product.table(panel, ENTRIES * subBlock + kind, ENTRIES * SECTION_SUB_BLOCKS);
    }
}
