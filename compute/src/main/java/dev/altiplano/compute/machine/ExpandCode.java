package dev.altiplano.compute.machine;

import static dev.altiplano.compute.x86.VectorOp.VMOVUPS_STORE;

import dev.altiplano.compute.x86.Vec;

/**
 * Writes a panel as {@link ExpandedWeights}, to where a product reads its activations: a block of
 * weights is worked through as in a product of one token, and what a product would multiply with is
 * stored.
 */
record ExpandCode(InstructionSet isa, WeightCode weights) implements WeightBlockCode {
    /** What is written of a block. */
    @Override
    public int activationBytes() {
        return inputs() / ActivationLayout.BLOCK_INPUTS * expandedBytes();
    }

    private int expandedBytes() {
        return new ExpandedWeights(weights).blockBytes() * isa.lanes();
    }

    @Override
    public boolean hasIntegerSums() {
        return false;
    }

    @Override
    public boolean hasTotals() {
        return false;
    }

    @Override
    public void emit(ProductCode product) {
        ExpandedWeights expanded = new ExpandedWeights(weights);
        for (int group = 0; group < groups(); group++) {
            int inBlock = group % GROUPS;
            Vec bytes = product.spare(0);
            weights.bytes(product, 0, group, bytes, product.spare(1));
            store(product, group, inBlock, bytes);
            if (group % weights.groupsPerScale() == 0) {
                Vec scale = product.spare(2);
                Vec offset = product.spare(3);
                weights.scale(product, 0, group, scale, product.spare(4));
                store(product, group, expanded.scaleWord(inBlock), scale);
                if (weights.offset(product, 0, group, scale, offset, product.spare(4))) {
                    store(product, group, expanded.offsetWord(inBlock), offset);
                }
            }
        }
        weights.endSection(product);
    }

    private void store(ProductCode product, int group, int word, Vec value) {
        int at = group / GROUPS * expandedBytes() + word * isa.width().bytes();
        product.code.emit(VMOVUPS_STORE, product.activations(0, at), value);
    }
}
