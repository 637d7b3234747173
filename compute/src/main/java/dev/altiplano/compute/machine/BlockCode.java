package dev.altiplano.compute.machine;

/** What {@link ProductCode} does with one block of weights: the part that knows the format. */
interface BlockCode {
    /** Inputs of a block. */
    int inputs();

    /** Bytes of a block of a panel. */
    int panelBlockBytes(InstructionSet isa);

    /** Bytes of the activations that belong to a block. */
    int activationBytes();

    /** Whether a block is first summed in integers, in registers of their own. */
    boolean hasIntegerSums();

    /** Vector registers needed beside sums and totals. */
    int spares();

    /** Vectors of stack frame for each panel. */
    int tableVectors();

    /** Emits what is done once for each call. */
    void constants(ProductCode product);

    /** Emits: totals += weights of the block · activations of the block. */
    void emit(ProductCode product);
}
