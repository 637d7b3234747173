package dev.altiplano.compute;

import dev.altiplano.compute.quant.TensorFormat;
import java.util.Arrays;

/**
 * Products of weights in {@link VectorPanels}. A panel is read section by section: for tokens in
 * quads its weights are taken apart first; what is left of the tokens meets it as it is packed.
 * Each result is summed section after section, so its bits are the same alone or in any batch.
 * Owned by a worker; allocates nothing.
 */
final class VectorPanelProducts {
    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    private static final int QUAD = QuantPairs.QUAD;

    private final VectorPanelLoops nibbles = new VectorNibbleLoops();
    private final VectorPanelLoops bytes = new VectorByteLoops();
    private final VectorPanelLoops wide = new VectorWideLoops();
    private final VectorPanelLoops floats = new VectorFloatLoops();
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
        loops =
                switch (layout.form()) {
                    case NIBBLES -> nibbles;
                    case BYTES -> bytes;
                    case WIDE_BYTES -> wide;
                    case FLOATS -> floats;
                };
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
                loops.addQuad(section, token + i, results, i * rows);
            }
            for (int i = inQuads; i < count; i++) {
                loops.addToken(section, token + i, results, i * rows);
            }
        }
    }
}
