package dev.altiplano.compute.machine;

import java.util.List;

/** What {@link ProductCode} does with one block of weights: the part that knows the format. */
interface BlockCode {
    /** Inputs of a block. */
    int inputs();

    /** Bytes of a block of a panel. */
    int panelBlockBytes(InstructionSet isa);

    /** Bytes of the activations that belong to a block of a row. */
    int activationBytes();

    /** Whether a block is first summed in integers, in registers of their own. */
    boolean hasIntegerSums();

    /** Whether anything is added up and written to where results go. */
    default boolean hasTotals() {
        return true;
    }

    /** Vector registers needed beside sums and totals. */
    int spares();

    /** Masks that are worth a register of their own, the one used most first. */
    default List<Integer> masks() {
        return List.of();
    }

    /** Vectors of stack frame for each panel. */
    int tableVectors();

    /**
     * Equal parts of a block that the same code works through one after another, so that the code
     * of a large block stays small: a processor keeps some thousand decoded instructions.
     */
    int sections();

    /** Emits what is done once for each block. */
    void begin(ProductCode product);

    /** Emits: totals += weights of a section · activations of the section. */
    void emit(ProductCode product);
}
