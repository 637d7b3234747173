package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;

import dev.altiplano.compute.QuantPairs.Quants;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Products of quantised weights in {@link VectorPanels} with activations in 8 bits: two panels are
 * read section by section, and each section meets all tokens. For four tokens and more its quants
 * are first taken apart. Owned by a worker; allocates nothing.
 *
 * <p>Each result is summed section after section, and within a section over its groups, then over
 * the groups with fine quants, then over the sums of the activations. So its bits are the same
 * alone or in any batch.
 */
final class VectorPanelProducts {
    private static final int PANELS = 2;

    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    /** Results of a token: those of both panels. */
    private static final int RESULTS = PANELS * LANES;

    private final int[] section = new int[PANELS * VectorPanels.SECTION_INTS];
    private final int[] apart = new int[PANELS * VectorSection.QUANTS];
    private final int[] sums = new int[VectorSection.GROUPS_MAX * VectorSums.TOKENS * RESULTS];
    private final float[] results = new float[TOKENS_AT_ONCE * RESULTS];

    // Of the product, the panels and the section at hand.
    private VectorPanels layout = new VectorPanels(TensorFormat.Q4_0);
    private MemorySegment weights = MemorySegment.NULL;
    private long panelBytes;
    private QuantPairs x = new QuantPairs(0, 0);
    private int width;
    private int firstPanel;
    private int panels;
    private int input;
    private int inputs;

    /** As {@link Kernels#multiply}, with the weights of {@code projection} packed. */
    void multiply(
            Projection projection,
            PackedWeights<VectorPanels> packed,
            int fromOutput,
            int toOutput,
            VectorInputs in,
            float[] out) {
        layout = packed.reader();
        weights = packed.panels();
        panelBytes = packed.panelBytes();
        x = in.pairs;
        width = in.width;
        for (int token = 0; token < in.tokens; token += TOKENS_AT_ONCE) {
            int tokens = Math.min(TOKENS_AT_ONCE, in.tokens - token);
            for (int first = fromOutput / LANES * LANES; first < toOutput; first += RESULTS) {
                firstPanel = first / LANES;
                panels = first + LANES < toOutput ? PANELS : 1;
                multiply(token, tokens);
                int from = Math.max(fromOutput, first);
                int count = Math.min(toOutput, first + panels * LANES) - from;
                for (int i = 0; i < tokens; i++) {
                    int target = (token + i) * projection.outputs() + from;
                    System.arraycopy(results, i * RESULTS + from - first, out, target, count);
                }
            }
        }
    }

    private void multiply(int token, int tokens) {
        Arrays.fill(results, 0, tokens * RESULTS, 0);
        int byFour = tokens - tokens % VectorSums.TOKENS;
        for (input = 0; input < width; input += VectorSection.INPUTS_MAX) {
            inputs = Math.min(VectorSection.INPUTS_MAX, width - input);
            if (byFour > 0) {
                takeApart();
            }
            for (int i = 0; i < byFour; i += VectorSums.TOKENS) {
                addFourTokens(token + i, i);
            }
            for (int i = byFour; i < tokens; i++) {
                addToken(token + i, i);
            }
        }
    }

    private void takeApart() {
        int groups = inputs / layout.groupInputs();
        for (int panel = 0; panel < panels; panel++) {
            int to = panel * VectorPanels.SECTION_INTS;
            int ints = groups * layout.groupInts();
            MemorySegment.copy(weights, ValueLayout.JAVA_INT, offset(panel, 0), section, to, ints);
            layout.unpack(section, to, groups, apart, panel * VectorSection.QUANTS);
        }
    }

    /** Where the group of the section's input {@code first} begins, in bytes. */
    private long offset(int panel, int first) {
        return (firstPanel + panel) * panelBytes + layout.panelBytes(input + first);
    }

    private void addFourTokens(int token, int result) {
        int at = token * width + input;
        addPairs(at, result);
        for (int i = 0; i < VectorSums.TOKENS; i++) {
            addFine(token + i, result + i);
        }
        if (layout.hasMinimum()) {
            addFourMinimums(at, result);
        }
    }

    private void addPairs(int at, int result) {
        VectorSums.fourTokens(
                apart,
                VectorSection.QUANTS,
                x.coarse.pairs,
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
                    section,
                    panel * VectorPanels.SECTION_INTS,
                    layout.groupInts(),
                    x.coarse.scales,
                    at / QuantPairs.GROUP_INPUTS,
                    width / QuantPairs.GROUP_INPUTS,
                    layout.groupShift(),
                    inputs / layout.groupInputs(),
                    results,
                    result * RESULTS + panel * LANES);
        }
    }

    private void addFourMinimums(int at, int result) {
        for (int panel = 0; panel < panels; panel++) {
            VectorSums.addMinimums(
                    section,
                    panel * VectorPanels.SECTION_INTS + VectorPanels.MINIMUM,
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

    private void addToken(int token, int result) {
        add(x.coarse, token, 0, inputs, result);
        addFine(token, result);
        if (layout.hasMinimum()) {
            addMinimums(token * width + input, result);
        }
    }

    private void addFine(int token, int result) {
        int xScale = (token * width + input) / QuantPairs.GROUP_INPUTS;
        for (int first = 0; first < inputs; first += QuantPairs.GROUP_INPUTS) {
            if (x.fine.scales[xScale + first / QuantPairs.GROUP_INPUTS] != 0) {
                add(x.fine, token, first, QuantPairs.GROUP_INPUTS, result);
            }
        }
    }

    /** Adds {@code count} inputs from {@code first} of the section on, as they are packed. */
    private void add(Quants quants, int token, int first, int count, int result) {
        int at = token * width + input + first;
        int groups = count / layout.groupInputs();
        for (int panel = 0; panel < panels; panel++) {
            int to = result * RESULTS + panel * LANES;
            if (layout.hasNibbles()) {
                addNibbles(offset(panel, first), quants, at, groups, to);
            } else {
                addBytes(offset(panel, first), quants, at, groups, to);
            }
        }
    }

    private void addNibbles(long offset, Quants quants, int at, int groups, int to) {
        VectorSums.addNibbles(
                weights,
                offset,
                layout.groupBytes(),
                layout.wordsOffset(),
                layout.zero(),
                quants.pairs,
                at / 2,
                quants.sums,
                quants.scales,
                at / QuantPairs.GROUP_INPUTS,
                groups,
                results,
                to);
    }

    private void addBytes(long offset, Quants quants, int at, int groups, int to) {
        VectorSums.addBytes(
                weights,
                offset,
                layout.groupBytes(),
                layout.wordsOffset(),
                layout.zero(),
                quants.pairs,
                at / 2,
                quants.scales,
                at / QuantPairs.GROUP_INPUTS,
                layout.groupShift(),
                groups,
                results,
                to);
    }

    private void addMinimums(int at, int result) {
        for (int panel = 0; panel < panels; panel++) {
            VectorSums.addMinimums(
                    weights,
                    offset(panel, 0) + (long) VectorPanels.MINIMUM * Float.BYTES,
                    layout.groupBytes(),
                    x.sum,
                    at / QuantPairs.GROUP_INPUTS,
                    inputs / QuantPairs.GROUP_INPUTS,
                    results,
                    result * RESULTS + panel * LANES);
        }
    }
}
