package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;

/** Activations of the vector tier, whose {@link Form#QUANTS} are {@link QuantPairs}. */
final class VectorInputs extends Inputs {
    final QuantPairs pairs;

    VectorInputs(int tokensMax, int inputsMax) {
        super(tokensMax, inputsMax, MemorySegment.NULL, MemorySegment.NULL);
        pairs = new QuantPairs(tokensMax, inputsMax);
    }
}
