package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.LANES;

/**
 * Weights of neighbouring inputs of LANES rows, taken out of a file's format: what {@link
 * VectorPacker} lays out in panels.
 *
 * <p>A vector holds the same two inputs of as many rows as it has lanes of 32 bits, each as a
 * number of 16 bits: <em>a pair</em>. The pairs of 32 inputs come in the order in which four
 * neighbouring bytes fall apart, (0, 2), (1, 3), (4, 6), (5, 7), …; {@link QuantPairs} has the
 * activations in the same order. A <em>group</em> is what shares a scale: 32 inputs, or 16.
 */
final class VectorSection {
    /** So many weights of a panel stay in the nearest caches; whole blocks of any format. */
    static final int INPUTS_MAX = 512;

    /** Ints of the pairs of 32 inputs. */
    static final int PAIR_INTS = QuantPairs.GROUP_PAIRS * LANES;

    static final int GROUPS_MAX = INPUTS_MAX / VectorPanels.SMALL_GROUP_INPUTS;

    /** Ints of the pairs of {@link #INPUTS_MAX} inputs. */
    static final int QUANTS = INPUTS_MAX / 2 * LANES;

    /** [pairs, LANES] */
    final int[] quants = new int[QUANTS];

    /** [groups, LANES] */
    final float[] scales = new float[GROUPS_MAX * LANES];

    /** [groups, LANES]: what is added to each weight of the group, for some formats. */
    final float[] minimums = new float[GROUPS_MAX * LANES];
}
