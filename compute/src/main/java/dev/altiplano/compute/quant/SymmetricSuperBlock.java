package dev.altiplano.compute.quant;

/**
 * The search for the numbers of a Q6_K block: 256 weights in 16 groups, {@code weight = d * scale *
 * n} with eight-bit scales. The same way as {@link AffineSuperBlock}. One thread at a time.
 */
final class SymmetricSuperBlock {
    static final int GROUPS = 16;
    static final int GROUP_WEIGHTS = 16;
    private static final int LEVEL_MIN = -32;
    private static final int CODE_MIN = -128;
    private static final int CODE_MAX = 127;
    private static final int ROUNDS = 2;

    private final SymmetricGroup[] groups = new SymmetricGroup[GROUPS];
    private final int[] scales = new int[GROUPS];
    private float d;

    SymmetricSuperBlock() {
        for (int group = 0; group < GROUPS; group++) {
            groups[group] = new SymmetricGroup(GROUP_WEIGHTS, LEVEL_MIN);
        }
    }

    /** Finds the numbers for 256 weights of {@code source} from {@code first} on. */
    void search(float[] source, int first) {
        float largestScale = 0;
        for (int group = 0; group < GROUPS; group++) {
            groups[group].search(source, first + group * GROUP_WEIGHTS);
            if (Math.abs(groups[group].scale()) > Math.abs(largestScale)) {
                largestScale = groups[group].scale();
            }
        }
        d = Rounding.binary16Step(largestScale / CODE_MIN);
        for (int group = 0; group < GROUPS; group++) {
            scales[group] = code(groups[group].scale(), d);
        }
        refineCodes();
        for (int round = 1; round < ROUNDS && refineFactor(); round++) {
            refineCodes();
        }
        place(d);
    }

    /** A binary16. */
    float d() {
        return d;
    }

    int scale(int group) {
        return scales[group];
    }

    /** The level of weight {@code index} of the block, -32 to 31. */
    int level(int index) {
        return groups[index / GROUP_WEIGHTS].level(index % GROUP_WEIGHTS);
    }

    /** Moves the code of each group to the better of its neighbours until neither is better. */
    private void refineCodes() {
        for (int group = 0; group < GROUPS; group++) {
            float error = groups[group].place(d * scales[group]);
            float before;
            do {
                before = error;
                error = moveToBestNeighbour(group, error);
            } while (error < before);
        }
    }

    private float moveToBestNeighbour(int group, float bestError) {
        int scale = scales[group];
        for (int s = Math.max(CODE_MIN, scale - 1); s <= Math.min(CODE_MAX, scale + 1); s++) {
            float error = groups[group].place(d * s);
            if (error < bestError) {
                bestError = error;
                scales[group] = s;
            }
        }
        return bestError;
    }

    /** Fits d to all codes and levels; false if that does not help. */
    private boolean refineFactor() {
        float before = place(d);
        SharedFactors factors = new SharedFactors();
        for (int group = 0; group < GROUPS; group++) {
            groups[group].addTo(factors, scales[group]);
        }
        float fitted = Rounding.binary16Step(factors.a());
        if (!(place(fitted) < before)) {
            return false;
        }
        d = fitted;
        return true;
    }

    private float place(float d) {
        float error = 0;
        for (int group = 0; group < GROUPS; group++) {
            error += groups[group].place(d * scales[group]);
        }
        return error;
    }

    private static int code(float real, float step) {
        int nearest = Rounding.halfAwayFromZero(real * Rounding.inverse(step));
        return Math.clamp(nearest, CODE_MIN, CODE_MAX);
    }
}
