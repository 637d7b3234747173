package dev.altiplano.compute;

import dev.altiplano.compute.QuantPairs.Quants;

/**
 * The loops of quantised weights: the groups of a section in their order, then what the minimums
 * make, then the groups with fine quants.
 */
abstract class VectorQuantLoops implements VectorPanelLoops {
    static final int GROUP = QuantPairs.GROUP_INPUTS;
    static final int TOKENS = QuantPairs.QUAD;

    /** Inputs that a word of 32 bits holds, of each of its rows. */
    static final int WORD_INPUTS = 4;

    static final long WORD_BYTES = (long) Integer.BYTES * VectorLanes.LANES;

    /** From one input to the next in a panel, on average. */
    static final long INPUT_BYTES = 2 * WORD_BYTES / WORD_INPUTS;

    @Override
    public void addQuad(VectorPanelSection section, int token, float[] out, int index) {
        addCoarse(section, token, out, index);
        int rows = section.layout.rows();
        if (section.layout.hasMinimum()) {
            for (int row = 0; row < rows; row += VectorSums.WIDTH) {
                VectorSums.addMinimumsOfQuad(
                        section.scales,
                        section.minimums() + row,
                        rows,
                        section.x.sum,
                        section.inQuads(token, GROUP),
                        section.groups(),
                        out,
                        index + row);
            }
        }
        for (int i = 0; i < TOKENS; i++) {
            for (int left = section.fineGroups(token + i); left != 0; left &= left - 1) {
                int first = Integer.numberOfTrailingZeros(left) * GROUP;
                addFine(section, token + i, first, out, index + i * rows);
            }
        }
    }

    @Override
    public void addToken(VectorPanelSection section, int token, float[] out, int index) {
        QuantPairs x = section.x;
        addPacked(section, x.coarse, token, 0, section.inputs, out, index);
        int rows = section.layout.rows();
        if (section.layout.hasMinimum()) {
            for (int row = 0; row < rows; row += VectorSums.WIDTH) {
                VectorSums.addMinimums(
                        section.scales,
                        section.minimums() + row,
                        rows,
                        x.sum,
                        section.inQuads(token, GROUP),
                        section.groups(),
                        out,
                        index + row);
            }
        }
        for (int left = section.fineGroups(token); left != 0; left &= left - 1) {
            int first = Integer.numberOfTrailingZeros(left) * GROUP;
            addPacked(section, x.fine, token, first, GROUP, out, index);
        }
    }

    /**
     * {@code out += Σ x scale · weight scale · Σ x · quant} with the coarse quants of a quad, from
     * what was taken apart.
     */
    abstract void addCoarse(VectorPanelSection section, int token, float[] out, int index);

    /** The same with the fine quants of one token, of a group from {@code first} on. */
    abstract void addFine(VectorPanelSection section, int token, int first, float[] out, int index);

    /**
     * The same from the words as they are packed, for quants of a token that are in no quad.
     *
     * @param first input of the section, of {@code count}
     */
    abstract void addPacked(
            VectorPanelSection section,
            Quants quants,
            int token,
            int first,
            int count,
            float[] out,
            int index);
}
