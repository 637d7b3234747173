package dev.altiplano.compute;

import static dev.altiplano.compute.VectorPanels.SECTION_INTS;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The section of a packed panel that a product is at, and the activations it meets. Owned by a
 * worker; filled anew for each section.
 */
final class VectorPanelSection {
    /** [groups, rows], then the minimums likewise. */
    final float[] scales = new float[2 * VectorSection.GROUPS_MAX * VectorPanels.ROWS_MAX];

    /** Words, [inputs/4, WIDTH], when quads are multiplied. */
    final int[] words = new int[SECTION_INTS];

    /** Of the product at hand, as {@link #x} and {@link #tokens}. */
    VectorPanels layout = new VectorPanels(TensorFormat.Q4_0);

    MemorySegment panels = MemorySegment.NULL;

    /** Where the words begin in {@code panels}, in bytes. */
    long wordsAt;

    /** Activations as {@link VectorInputs} has them. */
    float[] values = {};

    float[] quads = {};
    QuantPairs x = new QuantPairs(0, 0);
    int tokens;

    /** Inputs of a whole row, the section's first one, and how many there are. */
    int width;

    int input;
    int inputs;

    /** The product that the next sections are of. */
    void of(PackedWeights<VectorPanels> packed, VectorInputs in) {
        layout = packed.reader();
        panels = packed.panels();
        values = in.values;
        quads = in.quads;
        x = in.pairs;
        tokens = in.tokens;
        width = in.width;
    }

    /**
     * Goes to the inputs from {@code input} on of the panel at {@code panelAt}. The scales are read
     * all at once, as a miss in the caches is waited for once then.
     */
    void begin(long panelAt, int input) {
        this.input = input;
        inputs = Math.min(VectorSection.INPUTS_MAX, width - input);
        long at = panelAt + layout.panelBytes(input);
        wordsAt = at + layout.wordsOffset(inputs);
        MemorySegment.copy(panels, ValueLayout.JAVA_FLOAT, at, scales, 0, layout.scales(inputs));
    }

    /** Reads the words. */
    void readWords() {
        int count = layout.wordInts(inputs);
        MemorySegment.copy(panels, ValueLayout.JAVA_INT, wordsAt, words, 0, count);
    }

    /**
     * Decodes the weights of {@code count} inputs from {@code first} on, where they are floats.
     *
     * @param target [count, rows]
     */
    void decode(int first, int count, float[] target) {
        int rows = layout.rows();
        long at = wordsAt + (long) first * rows * Short.BYTES;
        VectorDecoders.decode(layout.format(), panels, at, target, 0, count * rows);
    }

    int groups() {
        return inputs / layout.groupInputs();
    }

    /** Where the minimums begin among the scales. */
    int minimums() {
        return groups() * layout.rows();
    }

    /** Where the values of {@code token} begin that lie in quads, one for {@code each} inputs. */
    int inQuads(int token, int each) {
        return QuantPairs.index(token, tokens, width / each)
                + input / each * QuantPairs.step(token, tokens);
    }

    /** A bit for each 32 inputs that have fine quants. */
    int fineGroups(int token) {
        return x.fineGroups[token * QuantPairs.sections(width) + input / VectorSection.INPUTS_MAX];
    }
}
