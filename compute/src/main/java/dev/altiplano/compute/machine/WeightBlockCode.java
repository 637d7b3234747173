package dev.altiplano.compute.machine;

import java.util.List;

/** What goes over the quants of a block of weights, group by group. */
interface WeightBlockCode extends BlockCode {
    /** Neighbouring inputs of a group. */
    int GROUP_INPUTS = 4;

    /** Groups that belong to a block of activations. */
    int GROUPS = ActivationLayout.BLOCK_INPUTS / GROUP_INPUTS;

    WeightCode weights();

    @Override
    default int inputs() {
        return weights().inputs();
    }

    @Override
    default int panelBlockBytes(InstructionSet isa) {
        return weights().blockBytes() * isa.lanes();
    }

    @Override
    default int spares() {
        return 8;
    }

    @Override
    default int tableVectors() {
        return weights().tableVectors();
    }

    @Override
    default List<Integer> masks() {
        return weights().masks();
    }

    @Override
    default int sections() {
        return weights().sections();
    }

    @Override
    default void begin(ProductCode product) {
        weights().begin(product);
    }

    /** Groups of a section. */
    default int groups() {
        return inputs() / sections() / GROUP_INPUTS;
    }
}
