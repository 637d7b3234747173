package dev.altiplano.compute;

/**
 * The loops over a section of a panel, for one form of packed weights. Each result has its sum over
 * the section added to it in one order, so its bits are the same by either way. Owned by a worker.
 */
interface VectorPanelLoops {
    /** Takes the section's weights apart, for {@link #addQuad}. */
    void takeApart(VectorPanelSection section);

    /**
     * Adds the products with a quad of tokens.
     *
     * @param token the first of them
     * @param out [tokens, rows] from {@code index} on
     */
    void addQuad(VectorPanelSection section, int token, float[] out, int index);

    /** Adds the products with one token that is in no quad, of the weights as they are packed. */
    void addToken(VectorPanelSection section, int token, float[] out, int index);
}
