package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;

/**
 * What products multiply with: rows of activations, and the other form of them that a tier may
 * compute with. Made once by {@link Kernels#newInputs}, pointed at rows after rows. Set by one
 * thread, converted by several, each its own rows, then read by all.
 */
public sealed class Inputs permits VectorInputs {
    /** In what form a product takes its activations. */
    public enum Form {
        /** The array itself. */
        ARRAY,
        /** f32 as the tier lays them out, outside the heap or four tokens side by side. */
        FLOATS,
        /** 8 bits and a scale for each 32 values, as the tier lays them out. */
        QUANTS
    }

    final int tokensMax;
    final int inputsMax;

    /** [tokens, width] in the form {@link Form#FLOATS}; empty for tiers that need none. */
    final MemorySegment floats;

    /** [tokens, width] in the form {@link Form#QUANTS}; empty for tiers that need none. */
    final MemorySegment quants;

    float[] values = {};
    int tokens;
    int width;

    Inputs(int tokensMax, int inputsMax, MemorySegment floats, MemorySegment quants) {
        this.tokensMax = tokensMax;
        this.inputsMax = inputsMax;
        this.floats = floats;
        this.quants = quants;
    }

    /** Points at {@code values} [tokens, width]. */
    public void set(float[] values, int tokens, int width) {
        if (tokens > tokensMax || width > inputsMax) {
            throw new IllegalArgumentException(
                    "inputs: expected at most [%d, %d], found [%d, %d]"
                            .formatted(tokensMax, inputsMax, tokens, width));
        }
        this.values = values;
        this.tokens = tokens;
        this.width = width;
    }
}
