package dev.altiplano.compute;

import dev.altiplano.compute.quant.TensorFormat;
import java.util.Arrays;

/**
 * Products of quantised weights in {@link VectorPanels} with activations in 8 bits. A panel is read
 * section by section: for tokens in quads its quants are taken apart first; what is left of the
 * tokens meets it as it is packed. Owned by a worker; allocates nothing.
 *
 * <p>Each result is summed section after section, and within a section over its groups, then what
 * the minimums make, then over the groups with fine quants. So its bits are the same alone or in
 * any batch.
 */
final class VectorPanelProducts {
    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    private static final int QUAD = QuantPairs.QUAD;

    private final VectorPanelLoops nibbles = new VectorNibbleLoops();
    private final VectorPanelLoops bytes = new VectorByteLoops();
    private final VectorPanelLoops wide = new VectorWideLoops();
    private final VectorPanelSection section = new VectorPanelSection();
    private final float[] results = new float[TOKENS_AT_ONCE * VectorPanels.ROWS_MAX];

    // Of the product at hand.
    private VectorPanelLoops loops = nibbles;
    private VectorPanels layout = new VectorPanels(TensorFormat.Q4_0);

    /** As {@link Kernels#multiply}, with the weights of {@code projection} packed. */
    void multiply(
            Projection projection,
            PackedWeights<VectorPanels> packed,
            int fromOutput,
            int toOutput,
            VectorInputs in,
            float[] out) {
        layout = packed.reader();
        loops = layout.hasNibbles() ? nibbles : layout.isWide() ? wide : bytes;
        section.of(packed, in);
        int rows = layout.rows();
        for (int token = 0; token < in.tokens; token += TOKENS_AT_ONCE) {
            int count = Math.min(TOKENS_AT_ONCE, in.tokens - token);
            for (int panel = fromOutput / rows; panel * rows < toOutput; panel++) {
                multiply(panel * packed.panelBytes(), token, count);
                int from = Math.max(fromOutput, panel * rows);
                int here = Math.min(toOutput, (panel + 1) * rows) - from;
                for (int i = 0; i < count; i++) {
                    int target = (token + i) * projection.outputs() + from;
                    int index = i * rows + from - panel * rows;
                    System.arraycopy(results, index, out, target, here);
                }
            }
        }
    }

    private void multiply(long panelAt, int token, int count) {
        int rows = layout.rows();
        Arrays.fill(results, 0, count * rows, 0);
        int inQuads = count - count % QUAD;
        for (int input = 0; input < section.width; input += VectorSection.INPUTS_MAX) {
            section.begin(panelAt, input);
            if (inQuads > 0) {
                loops.takeApart(section);
            }
            for (int i = 0; i < inQuads; i += QUAD) {
                addQuad(token + i, i * rows);
            }
            for (int i = inQuads; i < count; i++) {
                addToken(token + i, i * rows);
            }
        }
    }

    private void addQuad(int token, int index) {
        loops.addQuad(section, token, results, index);
        int rows = layout.rows();
        if (layout.hasMinimum()) {
            for (int row = 0; row < rows; row += VectorSums.WIDTH) {
                VectorSums.addMinimumsOfQuad(
                        section.scales,
                        section.minimums() + row,
                        rows,
                        section.x.sum,
                        section.inQuads(token, QuantPairs.GROUP_INPUTS),
                        section.groups(),
                        results,
                        index + row);
            }
        }
        for (int i = 0; i < QUAD; i++) {
            for (int left = section.fineGroups(token + i); left != 0; left &= left - 1) {
                int first = Integer.numberOfTrailingZeros(left) * QuantPairs.GROUP_INPUTS;
                loops.addFine(section, token + i, first, results, index + i * rows);
            }
        }
    }

    private void addToken(int token, int index) {
        QuantPairs x = section.x;
        loops.addPacked(section, x.coarse, token, 0, section.inputs, results, index);
        int rows = layout.rows();
        if (layout.hasMinimum()) {
            for (int row = 0; row < rows; row += VectorSums.WIDTH) {
                VectorSums.addMinimums(
                        section.scales,
                        section.minimums() + row,
                        rows,
                        x.sum,
                        section.inQuads(token, QuantPairs.GROUP_INPUTS),
                        section.groups(),
                        results,
                        index + row);
            }
        }
        for (int left = section.fineGroups(token); left != 0; left &= left - 1) {
            int first = Integer.numberOfTrailingZeros(left) * QuantPairs.GROUP_INPUTS;
            loops.addPacked(section, x.fine, token, first, QuantPairs.GROUP_INPUTS, results, index);
        }
    }
}
