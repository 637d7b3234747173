package dev.altiplano.compute.quant;

/**
 * The search for the numbers of a Q4_K or Q5_K block: 256 weights in eight groups, {@code weight =
 * d * scale * n - dmin * minimum} with six-bit scales and minimums.
 *
 * <p>Each {@link AffineGroup} finds its own best real scale and minimum first. Rounding these to
 * whole multiples of the shared d and dmin would waste what was found, so the neighbours of each
 * rounded pair are tried too, d and dmin are fitted to the result, and that is done once more. One
 * thread at a time.
 */
final class AffineSuperBlock {
    static final int GROUPS = SixBitScales.GROUPS;
    static final int GROUP_WEIGHTS = 32;
    private static final int CODE_MAX = 63;
    private static final int ROUNDS = 2;

    private final AffineGroup[] groups = new AffineGroup[GROUPS];
    private final int[] scales = new int[GROUPS];
    private final int[] minimums = new int[GROUPS];
    private float d;
    private float dmin;

    AffineSuperBlock(int levelMax) {
        for (int group = 0; group < GROUPS; group++) {
            groups[group] = new AffineGroup(GROUP_WEIGHTS, levelMax);
        }
    }

    /** Finds the numbers for 256 weights of {@code source} from {@code first} on. */
    void search(float[] source, int first) {
        float largestScale = 0;
        float largestMinimum = 0;
        for (int group = 0; group < GROUPS; group++) {
            groups[group].search(source, first + group * GROUP_WEIGHTS);
            largestScale = Math.max(largestScale, groups[group].scale());
            largestMinimum = Math.max(largestMinimum, groups[group].minimum());
        }
        d = Rounding.binary16Step(largestScale / CODE_MAX);
        dmin = Rounding.binary16Step(largestMinimum / CODE_MAX);
        for (int group = 0; group < GROUPS; group++) {
            scales[group] = code(groups[group].scale(), d);
            minimums[group] = code(groups[group].minimum(), dmin);
        }
        refineCodes();
        for (int round = 1; round < ROUNDS && refineFactors(); round++) {
            refineCodes();
        }
        place(d, dmin);
    }

    /** A binary16. */
    float d() {
        return d;
    }

    /** A binary16. */
    float dmin() {
        return dmin;
    }

    int scale(int group) {
        return scales[group];
    }

    int minimum(int group) {
        return minimums[group];
    }

    /** The level of weight {@code index} of the block. */
    int level(int index) {
        return groups[index / GROUP_WEIGHTS].level(index % GROUP_WEIGHTS);
    }

    /** Moves the codes of each group to the best of their neighbours until none is better. */
    private void refineCodes() {
        for (int group = 0; group < GROUPS; group++) {
            float error = error(group, scales[group], minimums[group]);
            float before;
            do {
                before = error;
                error = moveToBestNeighbour(group, error);
            } while (error < before);
        }
    }

    private float moveToBestNeighbour(int group, float bestError) {
        int scale = scales[group];
        int minimum = minimums[group];
        for (int s = Math.max(0, scale - 1); s <= Math.min(CODE_MAX, scale + 1); s++) {
            for (int m = Math.max(0, minimum - 1); m <= Math.min(CODE_MAX, minimum + 1); m++) {
                float error = error(group, s, m);
                if (error < bestError) {
                    bestError = error;
                    scales[group] = s;
                    minimums[group] = m;
                }
            }
        }
        return bestError;
    }

    private float error(int group, int scale, int minimum) {
        return groups[group].place(d * scale, dmin * minimum);
    }

    /** Fits d and dmin to all codes and levels; false if that does not help. */
    private boolean refineFactors() {
        float before = place(d, dmin);
        SharedFactors factors = new SharedFactors();
        for (int group = 0; group < GROUPS; group++) {
            groups[group].addTo(factors, scales[group], minimums[group]);
        }
        float fittedD = Rounding.binary16Step(factors.a());
        float fittedDmin = Rounding.binary16Step(factors.b());
        if (fittedD <= 0 || fittedDmin < 0 || !(place(fittedD, fittedDmin) < before)) {
            return false;
        }
        d = fittedD;
        dmin = fittedDmin;
        return true;
    }

    private float place(float d, float dmin) {
        float error = 0;
        for (int group = 0; group < GROUPS; group++) {
            error += groups[group].place(d * scales[group], dmin * minimums[group]);
        }
        return error;
    }

    private static int code(float real, float step) {
        return Math.min(CODE_MAX, (int) (real * Rounding.inverse(step) + 0.5f));
    }
}
