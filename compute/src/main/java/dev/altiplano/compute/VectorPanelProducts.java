package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;
import static dev.altiplano.compute.VectorSums.RESULTS;

import dev.altiplano.compute.QuantPairs.Quants;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Products of quantised weights in {@link VectorPanels} with activations in 8 bits. For tokens in
 * quads two panels are read section by section, each section's quants taken apart first; what is
 * left of the tokens meets the panels as they are packed. Owned by a worker; allocates nothing.
 *
 * <p>Each result is summed section after section, and within a section over its groups, then what
 * the minimums make, then over the groups with fine quants. So its bits are the same alone or in
 * any batch.
 */
final class VectorPanelProducts {
    private static final int PANELS = VectorSums.PANELS;

    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    /** Of each panel's section: its scales, then its minimums. */
    private final float[][] scales = new float[PANELS][2 * VectorSection.GROUPS_MAX * LANES];

    private final int[] words = new int[VectorPanels.SECTION_INTS];
    private final int[] apart = new int[PANELS * VectorSection.QUANTS];
    private final int[] sums = new int[VectorSection.GROUPS_MAX * QuantPairs.QUAD * RESULTS];
    private final float[] wideApart = new float[VectorSection.INPUTS_MAX * RESULTS];
    private final float[] wideSums = new float[sums.length];
    private final float[] results = new float[TOKENS_AT_ONCE * RESULTS];

    // Of the product, the panels and the section at hand.
    private VectorPanels layout = new VectorPanels(TensorFormat.Q4_0);
    private MemorySegment weights = MemorySegment.NULL;
    private long panelBytes;
    private QuantPairs x = new QuantPairs(0, 0);
    private int tokens;
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
        tokens = in.tokens;
        width = in.width;
        for (int token = 0; token < tokens; token += TOKENS_AT_ONCE) {
            int count = Math.min(TOKENS_AT_ONCE, tokens - token);
            for (int first = fromOutput / LANES * LANES; first < toOutput; first += RESULTS) {
                firstPanel = first / LANES;
                panels = first + LANES < toOutput ? PANELS : 1;
                multiply(token, count);
                int from = Math.max(fromOutput, first);
                int rows = Math.min(toOutput, first + panels * LANES) - from;
                for (int i = 0; i < count; i++) {
                    int target = (token + i) * projection.outputs() + from;
                    System.arraycopy(results, i * RESULTS + from - first, out, target, rows);
                }
            }
        }
    }

    private void multiply(int token, int count) {
        Arrays.fill(results, 0, count * RESULTS, 0);
        int inQuads = count - count % QuantPairs.QUAD;
        if (inQuads > 0) {
            for (int first = 0; first < width; first += VectorSection.INPUTS_MAX) {
                beginSection(first);
                for (int panel = 0; panel < panels; panel++) {
                    readScales(panel);
                    takeApart(panel);
                }
                for (int i = 0; i < inQuads; i += QuantPairs.QUAD) {
                    addQuad(token + i, i);
                }
            }
        }
        if (inQuads < count) {
            for (int panel = 0; panel < panels; panel++) { // so that it is read in one go
                for (int first = 0; first < width; first += VectorSection.INPUTS_MAX) {
                    beginSection(first);
                    readScales(panel);
                    for (int i = inQuads; i < count; i++) {
                        addToken(panel, token + i, i);
                    }
                }
            }
        }
    }

    private void beginSection(int first) {
        input = first;
        inputs = Math.min(VectorSection.INPUTS_MAX, width - first);
    }

    /** All at once, as a miss in the caches is waited for once then. */
    private void readScales(int panel) {
        int count = layout.scales(inputs);
        MemorySegment.copy(
                weights, ValueLayout.JAVA_FLOAT, sectionAt(panel), scales[panel], 0, count);
    }

    private void takeApart(int panel) {
        int count = layout.words(inputs);
        MemorySegment.copy(
                weights, ValueLayout.JAVA_INT, wordsAt(panel, 0), words, 0, count * LANES);
        if (layout.isWide()) {
            layout.unpack(words, count, wideApart, panel * LANES);
        } else {
            layout.unpack(words, count, apart, panel * LANES);
        }
    }

    /** Groups of the section. */
    private int groups() {
        return inputs / layout.groupInputs();
    }

    /** Where the section begins in a panel, in bytes. */
    private long sectionAt(int panel) {
        return (firstPanel + panel) * panelBytes + layout.panelBytes(input);
    }

    /** Where the words of the section's input {@code first} begin, in bytes. */
    private long wordsAt(int panel, int first) {
        return sectionAt(panel) + layout.wordsOffset(inputs) + layout.wordsBytes(first);
    }

    /** Where the values of {@code token} for this section begin, one for {@code each} inputs. */
    private int quads(int token, int each) {
        return QuantPairs.index(token, tokens, width / each)
                + input / each * QuantPairs.step(token, tokens);
    }

    private void addQuad(int token, int result) {
        if (layout.isWide()) {
            VectorWideSums.sumsOfQuad(
                    wideApart, x.coarseFloats, quads(token, 1), groups(), wideSums);
        } else {
            int pairs = layout.groupInputs() / 2;
            VectorSums.sumsOfQuad(apart, x.coarse.pairs, quads(token, 2), groups(), pairs, sums);
        }
        for (int panel = 0; panel < panels; panel++) {
            addScaledOfQuad(panel, token, result * RESULTS + panel * LANES);
        }
        for (int i = 0; i < QuantPairs.QUAD; i++) {
            if (!layout.isWide()) {
                addFineApart(token + i, (result + i) * RESULTS);
                continue;
            }
            for (int panel = 0; panel < panels; panel++) {
                addFine(panel, token + i, result + i);
            }
        }
    }

    private void addScaledOfQuad(int panel, int token, int to) {
        int group = layout.groupInputs();
        float[] xScales = x.coarse.scales(group);
        int xScale = quads(token, group);
        int sum = panel * LANES;
        if (layout.isWide()) {
            VectorWideSums.addScaledOfQuad(
                    wideSums, sum, scales[panel], xScales, xScale, groups(), results, to);
        } else {
            VectorSums.addScaledOfQuad(
                    sums,
                    sum,
                    scales[panel],
                    minimum(),
                    xScales,
                    x.sum,
                    xScale,
                    groups(),
                    results,
                    to);
        }
    }

    /** Where the section's minimums begin among its scales; 0 for none. */
    private int minimum() {
        return layout.hasMinimum() ? groups() * LANES : 0;
    }

    private void addToken(int panel, int token, int result) {
        add(x.coarse, panel, token, 0, inputs, minimum(), result);
        addFine(panel, token, result);
    }

    /** As {@link #addFine}, of both panels, from the quants that were taken apart. */
    private void addFineApart(int token, int to) {
        int group = layout.groupInputs();
        for (int left = fineGroups(token); left != 0; left &= left - 1) {
            int first = Integer.numberOfTrailingZeros(left) * QuantPairs.GROUP_INPUTS;
            int at = token * width + input + first;
            VectorSums.addApart(
                    apart,
                    first / 2 * RESULTS,
                    scales[0],
                    scales[1],
                    first / group * LANES,
                    x.fine.pairs,
                    at / 2,
                    x.fine.scales[at / QuantPairs.GROUP_INPUTS],
                    QuantPairs.GROUP_INPUTS / group,
                    group / 2,
                    results,
                    to);
        }
    }

    /** A bit for each group of the section that has fine quants. */
    private int fineGroups(int token) {
        return x.fineGroups[token * QuantPairs.sections(width) + input / VectorSection.INPUTS_MAX];
    }

    private void addFine(int panel, int token, int result) {
        for (int left = fineGroups(token); left != 0; left &= left - 1) {
            int first = Integer.numberOfTrailingZeros(left) * QuantPairs.GROUP_INPUTS;
            add(x.fine, panel, token, first, QuantPairs.GROUP_INPUTS, 0, result);
        }
    }

    /**
     * Adds {@code count} inputs from {@code first} of the section on, as they are packed. Only for
     * quants that are not in quads.
     *
     * @param minimum where the minimums begin that are added, 0 for none
     */
    private void add(
            Quants quants, int panel, int token, int first, int count, int minimum, int result) {
        int at = token * width + input + first;
        int group = layout.groupInputs();
        int to = result * RESULTS + panel * LANES;
        if (layout.isWide()) {
            VectorWideSums.addBytes(
                    weights,
                    wordsAt(panel, first),
                    scales[panel],
                    first / group * LANES,
                    quants.pairs,
                    at / 2,
                    quants.scales,
                    at / group,
                    count / group,
                    results,
                    to);
        } else if (layout.hasNibbles()) {
            VectorSums.addNibbles(
                    weights,
                    wordsAt(panel, first),
                    scales[panel],
                    first / group * LANES,
                    minimum,
                    quants.pairs,
                    at / 2,
                    quants.centres,
                    quants.scales,
                    x.sum,
                    at / group,
                    count / group,
                    results,
                    to);
        } else {
            VectorSums.addBytes(
                    weights,
                    wordsAt(panel, first),
                    layout.words(group) / 2,
                    scales[panel],
                    first / group * LANES,
                    minimum,
                    quants.pairs,
                    at / 2,
                    quants.scales(group),
                    x.sum,
                    at / group,
                    count / group,
                    results,
                    to);
        }
    }
}
