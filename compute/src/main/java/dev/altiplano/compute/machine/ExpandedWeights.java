package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VMOVUPS;

import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.compute.x86.Mem;
import dev.altiplano.compute.x86.Vec;

/**
 * Weights whose bits {@link ExpandCode} has taken apart, for products with many tokens. A panel
 * block has 32 inputs, whatever the format's: the words of its eight groups, a byte to a weight,
 * then for each run the scale and the offset as floats. What {@code packed} would compute, these
 * only load, so that the results are the same to the bit.
 */
record ExpandedWeights(WeightCode packed) implements WeightCode {
    private static final int GROUPS = WeightBlockCode.GROUPS;

    @Override
    public TensorFormat format() {
        return packed.format();
    }

    @Override
    public int inputs() {
        return ActivationLayout.BLOCK_INPUTS;
    }

    @Override
    public int blockBytes() {
        int runs = GROUPS / groupsPerScale();
        return GROUPS * Integer.BYTES + runs * 2 * Float.BYTES;
    }

    @Override
    public boolean isWorthExpanding() {
        return false;
    }

    @Override
    public int groupsIn16Bits() {
        return packed.groupsIn16Bits();
    }

    @Override
    public int groupsPerScale() {
        return packed.groupsPerScale();
    }

    @Override
    public boolean isSigned(InstructionSet isa) {
        return packed.isSigned(isa);
    }

    @Override
    public void bytes(ProductCode product, int panel, int group, Vec target, Vec free) {
        load(product, panel, group, target);
    }

    @Override
    public void scale(ProductCode product, int panel, int group, Vec target, Vec free) {
        load(product, panel, scaleWord(group), target);
    }

    @Override
    public boolean offset(
            ProductCode product, int panel, int group, Vec scale, Vec target, Vec free) {
        if (isSigned(product.isa)) {
            return false;
        }
        load(product, panel, offsetWord(group), target);
        return true;
    }

    private static void load(ProductCode product, int panel, int word, Vec target) {
        Mem place = product.weights(panel, word * product.isa.width().bytes());
        product.code.emit(VMOVUPS, target, place);
    }

    /** Which vector of the panel block holds the scale of a group that begins a run. */
    int scaleWord(int group) {
        return GROUPS + 2 * (group / groupsPerScale());
    }

    int offsetWord(int group) {
        return scaleWord(group) + 1;
    }
}
