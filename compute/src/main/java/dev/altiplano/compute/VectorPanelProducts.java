package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Products of quantised weights in {@link VectorPanels} with activations in 8 bits: two panels are
 * read section by section, and each section meets all tokens. For many tokens its quants are first
 * taken apart. Owned by a worker; allocates nothing.
 *
 * <p>Each result is summed section after section, and within a section over its groups, then over
 * the groups with fine quants, then over the sums of the activations. So its bits are the same
 * alone or in any batch.
 */
final class VectorPanelProducts {
    private static final int PANELS = 2;

    /** Which quants of the activations. */
    private enum Quants {
        COARSE,
        FINE
    }

    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    /** Results of a token: those of both panels. */
    private static final int RESULTS = PANELS * LANES;

    /** Ints of a panel's section that was taken apart. */
    private static final int QUANTS = VectorSection.INPUTS_MAX / 2 * LANES;

    private final int[] packed = new int[PANELS * VectorPanels.SECTION_INTS];
    private final int[] quants = new int[PANELS * QUANTS];
    private final int[] sums = new int[VectorSection.INPUTS_MAX / 16 * VectorSums.TOKENS * RESULTS];
    private final float[] results = new float[TOKENS_AT_ONCE * RESULTS];

    // Of the product and the section at hand.
    private VectorPanels layout = new VectorPanels(TensorFormat.Q4_0);
    private QuantPairs x = new QuantPairs(0, 0);
    private int width;
    private int input;
    private int inputs;

    /** As {@link Kernels#multiply}, with the weights of {@code projection} packed. */
    void multiply(
            Projection projection,
            PackedWeights<VectorPanels> weights,
            int fromOutput,
            int toOutput,
            VectorInputs in,
            float[] out) {
        layout = weights.reader();
        x = in.pairs;
        width = in.width;
        for (int token = 0; token < in.tokens; token += TOKENS_AT_ONCE) {
            int tokens = Math.min(TOKENS_AT_ONCE, in.tokens - token);
            for (int panel = fromOutput / LANES; panel * LANES < toOutput; panel += PANELS) {
                int panels = (panel + 1) * LANES < toOutput ? PANELS : 1;
                multiply(weights, panel, panels, token, tokens);
                int from = Math.max(fromOutput, panel * LANES);
                int to = Math.min(toOutput, (panel + panels) * LANES);
                for (int i = 0; i < tokens; i++) {
                    int target = (token + i) * projection.outputs() + from;
                    int at = i * RESULTS + from - panel * LANES;
                    System.arraycopy(results, at, out, target, to - from);
                }
            }
        }
    }

    private void multiply(
            PackedWeights<VectorPanels> weights, int panel, int panels, int token, int tokens) {
        Arrays.fill(results, 0, tokens * RESULTS, 0);
        for (input = 0; input < width; input += VectorSection.INPUTS_MAX) {
            inputs = Math.min(VectorSection.INPUTS_MAX, width - input);
            long offset = panel * weights.panelBytes() + layout.panelBytes(input);
            for (int i = 0; i < panels; i++, offset += weights.panelBytes()) {
                read(weights.panels(), offset, i);
            }
            int byFour = tokens - tokens % VectorSums.TOKENS;
            if (byFour > 0) {
                takeApart(panels);
                for (int i = 0; i < byFour; i += VectorSums.TOKENS) {
                    addFourTokens(token + i, i, panels);
                }
            }
            for (int i = byFour; i < tokens; i++) {
                addToken(token + i, i, panels);
            }
        }
    }

    private void read(MemorySegment panels, long offset, int panel) {
        int ints = inputs / layout.groupInputs() * layout.groupInts();
        int to = panel * VectorPanels.SECTION_INTS;
        MemorySegment.copy(panels, ValueLayout.JAVA_INT, offset, packed, to, ints);
    }

    private void takeApart(int panels) {
        for (int panel = 0; panel < panels; panel++) {
            layout.unpack(
                    packed,
                    panel * VectorPanels.SECTION_INTS,
                    inputs / layout.groupInputs(),
                    quants,
                    panel * QUANTS);
        }
    }

    private void addFourTokens(int token, int result, int panels) {
        int at = token * width + input;
        addPairs(at, result, panels);
        for (int i = 0; i < VectorSums.TOKENS; i++) {
            addFine(token + i, result + i, panels);
        }
        if (layout.hasMinimum()) {
            addFourMinimums(at, result, panels);
        }
    }

    private void addPairs(int at, int result, int panels) {
        VectorSums.fourTokens(
                quants,
                QUANTS,
                x.coarse,
                at / 2,
                width / 2,
                inputs / layout.groupInputs(),
                layout.groupInputs() / 2,
                sums);
        for (int panel = 0; panel < panels; panel++) {
            VectorSums.addScaled(
                    sums,
                    panel * LANES,
                    RESULTS,
                    packed,
                    group(panel, 0),
                    layout.groupInts(),
                    x.scale,
                    at / QuantPairs.GROUP_INPUTS,
                    width / QuantPairs.GROUP_INPUTS,
                    layout.groupShift(),
                    inputs / layout.groupInputs(),
                    results,
                    result * RESULTS + panel * LANES);
        }
    }

    private void addFourMinimums(int at, int result, int panels) {
        for (int panel = 0; panel < panels; panel++) {
            VectorSums.addMinimums(
                    packed,
                    group(panel, 0) + VectorPanels.MINIMUM,
                    layout.groupInts(),
                    x.sum,
                    at / QuantPairs.GROUP_INPUTS,
                    width / QuantPairs.GROUP_INPUTS,
                    inputs / QuantPairs.GROUP_INPUTS,
                    results,
                    result * RESULTS + panel * LANES,
                    RESULTS);
        }
    }

    private void addToken(int token, int result, int panels) {
        add(Quants.COARSE, token, 0, inputs, result, panels);
        addFine(token, result, panels);
        if (layout.hasMinimum()) {
            addMinimums(token * width + input, result, panels);
        }
    }

    private void addMinimums(int at, int result, int panels) {
        for (int panel = 0; panel < panels; panel++) {
            VectorSums.addMinimums(
                    packed,
                    group(panel, 0) + VectorPanels.MINIMUM,
                    layout.groupInts(),
                    x.sum,
                    at / QuantPairs.GROUP_INPUTS,
                    inputs / QuantPairs.GROUP_INPUTS,
                    results,
                    result * RESULTS + panel * LANES);
        }
    }

    private void addFine(int token, int result, int panels) {
        int xScale = (token * width + input) / QuantPairs.GROUP_INPUTS;
        for (int first = 0; first < inputs; first += QuantPairs.GROUP_INPUTS) {
            if (x.fineScale[xScale + first / QuantPairs.GROUP_INPUTS] != 0) {
                add(Quants.FINE, token, first, QuantPairs.GROUP_INPUTS, result, panels);
            }
        }
    }

    /** Adds {@code count} inputs from {@code first} of the section on, as they are packed. */
    private void add(Quants which, int token, int first, int count, int result, int panels) {
        int at = token * width + input + first;
        int groups = count / layout.groupInputs();
        for (int panel = 0; panel < panels; panel++) {
            int from = group(panel, first);
            int to = result * RESULTS + panel * LANES;
            if (layout.hasNibbles()) {
                addNibbles(from, which, at, groups, to);
            } else {
                addBytes(from, which, at, groups, to);
            }
        }
    }

    private void addNibbles(int from, Quants which, int at, int groups, int to) {
        boolean fine = which == Quants.FINE;
        VectorSums.addNibbles(
                packed,
                from,
                layout.groupInts(),
                layout.wordsIndex(),
                layout.zero(),
                fine ? x.fine : x.coarse,
                at / 2,
                fine ? x.fineSum : x.coarseSum,
                fine ? x.fineScale : x.scale,
                at / QuantPairs.GROUP_INPUTS,
                groups,
                sums,
                results,
                to);
    }

    private void addBytes(int from, Quants which, int at, int groups, int to) {
        boolean fine = which == Quants.FINE;
        VectorSums.addBytes(
                packed,
                from,
                layout.groupInts(),
                layout.wordsIndex(),
                layout.zero(),
                fine ? x.fine : x.coarse,
                at / 2,
                fine ? x.fineScale : x.scale,
                at / QuantPairs.GROUP_INPUTS,
                layout.groupShift(),
                groups,
                sums,
                results,
                to);
    }

    /** Where the group of the section's input {@code first} begins. */
    private int group(int panel, int first) {
        return panel * VectorPanels.SECTION_INTS
                + first / layout.groupInputs() * layout.groupInts();
    }
}
