package dev.altiplano.compute.quant;

/**
 * The weights that share one scale, {@code weight[i] = scale * n[i]} with n from {@code levelMin}
 * to {@code -levelMin - 1}, and the search for it. The scale may be negative, so that the largest
 * weight can use the one level that has no opposite.
 *
 * <p>The search is that of {@link AffineGroup} with one unknown less, and what it makes small is
 * the same. One thread at a time.
 */
final class SymmetricGroup {
    private static final int STARTS = 5;
    private static final float START_STEP = 0.5f;
    private static final int TURNS_MAX = 3;

    private final int count;
    private final int levelMin;
    private final float[] weights;
    private final float[] importance;
    private final int[] levels;
    private float scale;

    SymmetricGroup(int count, int levelMin) {
        this.count = count;
        this.levelMin = levelMin;
        this.weights = new float[count];
        this.importance = new float[count];
        this.levels = new int[count];
    }

    /** Takes the weights from {@code first} on and finds the scale that suits them. */
    void search(float[] source, int first) {
        System.arraycopy(source, first, weights, 0, count);
        Importance.weigh(weights, importance);
        float largest = Rounding.largest(weights, 0, count);
        scale = 0;
        if (largest == 0) {
            return;
        }
        float bestScale = 0;
        float bestError = Float.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            scale = largest / (levelMin + (start - STARTS / 2) * START_STEP);
            float error = descend();
            if (error < bestError) {
                bestError = error;
                bestScale = scale;
            }
        }
        scale = bestScale;
    }

    float scale() {
        return scale;
    }

    /** The level of weight {@code index} as it was last placed. */
    int level(int index) {
        return levels[index];
    }

    /** Gives each weight its nearest level; returns the weighted squared error. */
    float place(float scale) {
        float inverse = Rounding.inverse(scale);
        float error = 0;
        for (int i = 0; i < count; i++) {
            // Shifted, so that cutting the fraction off rounds to the nearest.
            int nearest = (int) (weights[i] * inverse + (0.5f - levelMin)) + levelMin;
            int level = Math.clamp(nearest, levelMin, -levelMin - 1);
            float miss = scale * level - weights[i];
            levels[i] = level;
            error += importance[i] * miss * miss;
        }
        return error;
    }

    /**
     * Adds this group, whose scale is the whole number {@code scale} times a shared factor, to the
     * equation for that factor.
     */
    void addTo(SharedFactors factors, int scale) {
        factors.add((double) scale * scale * sumPnn(), 0, 0, scale * (double) sumPnx(), 0);
    }

    /** Takes turns from the present scale; leaves the best and returns its error. */
    private float descend() {
        float bestScale = scale;
        float bestError = place(scale);
        for (int turn = 1; turn < TURNS_MAX; turn++) {
            scale = sumPnx() / sumPnn();
            float error = place(scale);
            if (!(error < bestError)) {
                break;
            }
            bestError = error;
            bestScale = scale;
        }
        scale = bestScale;
        return bestError;
    }

    private float sumPnn() {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += importance[i] * levels[i] * levels[i];
        }
        return sum;
    }

    private float sumPnx() {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += importance[i] * levels[i] * weights[i];
        }
        return sum;
    }
}
