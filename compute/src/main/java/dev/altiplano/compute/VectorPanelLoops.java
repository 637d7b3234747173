package dev.altiplano.compute;

import dev.altiplano.compute.QuantPairs.Quants;

/**
 * The loops over a section of a panel, for one form of packed weights. Each result has its sum over
 * the section's groups added to it in their order, so its bits are the same by either way. Owned by
 * a worker.
 */
interface VectorPanelLoops {
    /** Takes the section's words apart, for {@link #addQuad} and {@link #addFine}. */
    void takeApart(VectorPanelSection section);

    /**
     * {@code out += Σ x scale · weight scale · Σ x · quant} with the coarse quants of a quad.
     *
     * @param token the quad's first
     * @param out [tokens, rows] from {@code index} on
     */
    void addQuad(VectorPanelSection section, int token, float[] out, int index);

    /**
     * The same with the fine quants of one token, of the 32 inputs from {@code first} of the
     * section on.
     */
    void addFine(VectorPanelSection section, int token, int first, float[] out, int index);

    /**
     * The same from the words as they are packed, with any quants of a token that is in no quad or
     * whose quants are not.
     */
    void addPacked(
            VectorPanelSection section,
            Quants quants,
            int token,
            int first,
            int count,
            float[] out,
            int index);
}
