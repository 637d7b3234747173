package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;

/**
 * Activations of the vector tier: {@link Form#QUANTS} are {@link QuantPairs}, {@link Form#FLOATS}
 * {@link #quads}.
 */
final class VectorInputs extends Inputs {
    final QuantPairs pairs;

    /** [tokens/4, width, 4], of whole quads of tokens only. */
    final float[] quads;

    VectorInputs(int tokensMax, int inputsMax) {
        super(tokensMax, inputsMax, MemorySegment.NULL, MemorySegment.NULL);
        pairs = new QuantPairs(tokensMax, inputsMax);
        quads = new float[tokensMax * inputsMax];
    }

    /** Fills in {@link #quads} for {@code token}. */
    void moveToQuads(int token) {
        int step = QuantPairs.step(token, tokens);
        if (step == 1) {
            return;
        }
        int to = QuantPairs.index(token, tokens, width);
        int from = token * width;
        for (int i = 0; i < width; i++) {
            quads[to + i * step] = values[from + i];
        }
    }
}
