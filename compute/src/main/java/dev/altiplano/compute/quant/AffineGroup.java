package dev.altiplano.compute.quant;

/**
 * The weights that share one scale and one minimum, {@code weight[i] = scale * n[i] - minimum}, and
 * the search for both. The minimum is never negative, so zero stays in range.
 *
 * <p>There is no closed form for whole numbers n, so two steps take turns: with scale and minimum
 * fixed, the best level is the nearest ({@link #place}); with the levels fixed, the best scale and
 * minimum solve two linear equations ({@link #fit}). The turns end in the nearest valley, so they
 * start from several ranges.
 *
 * <p>What is made small is the sum of squared errors, each times its {@link Importance}. One thread
 * at a time.
 */
final class AffineGroup {
    private static final int STARTS = 5;
    private static final float START_STEP = 0.5f;
    private static final int TURNS_MAX = 3;

    private final int count;
    private final int levelMax;
    private final float[] weights;
    private final float[] importance;
    private final int[] levels;
    private float scale;
    private float minimum;

    // Sums over the group with the levels last placed; p is the importance.
    private float sumP;
    private float sumPn;
    private float sumPnn;
    private float sumPx;
    private float sumPnx;

    AffineGroup(int count, int levelMax) {
        this.count = count;
        this.levelMax = levelMax;
        this.weights = new float[count];
        this.importance = new float[count];
        this.levels = new int[count];
    }

    /** Takes the weights from {@code first} on and finds the scale and minimum that suit them. */
    void search(float[] source, int first) {
        System.arraycopy(source, first, weights, 0, count);
        Importance.weigh(weights, importance);
        float lowest = Math.min(0, Rounding.minimum(weights, 0, count));
        float range = Rounding.maximum(weights, 0, count) - lowest;
        scale = 0;
        minimum = -lowest;
        if (range <= 0) {
            return;
        }
        float bestScale = 0;
        float bestMinimum = -lowest;
        float bestError = Float.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            scale = range / (levelMax + (start - STARTS / 2) * START_STEP);
            minimum = -lowest;
            float error = descend();
            if (error < bestError) {
                bestError = error;
                bestScale = scale;
                bestMinimum = minimum;
            }
        }
        scale = bestScale;
        minimum = bestMinimum;
    }

    float scale() {
        return scale;
    }

    float minimum() {
        return minimum;
    }

    /** The level of weight {@code index} as it was last placed. */
    int level(int index) {
        return levels[index];
    }

    /** Gives each weight its nearest level; returns the weighted squared error. */
    float place(float scale, float minimum) {
        float inverse = Rounding.inverse(scale);
        float error = 0;
        for (int i = 0; i < count; i++) {
            int nearest = (int) ((weights[i] + minimum) * inverse + 0.5f);
            int level = Math.clamp(nearest, 0, levelMax);
            float miss = scale * level - minimum - weights[i];
            levels[i] = level;
            error += importance[i] * miss * miss;
        }
        return error;
    }

    /**
     * Adds this group, whose scale and minimum are the whole numbers {@code scale} and {@code
     * minimum} times two shared factors, to the equations for these factors.
     */
    void addTo(SharedFactors factors, int scale, int minimum) {
        sum();
        factors.add(
                (double) scale * scale * sumPnn,
                -(double) scale * minimum * sumPn,
                (double) minimum * minimum * sumP,
                scale * (double) sumPnx,
                -minimum * (double) sumPx);
    }

    /** Takes turns from the present scale and minimum; leaves the best and returns its error. */
    private float descend() {
        float bestScale = scale;
        float bestMinimum = minimum;
        float bestError = place(scale, minimum);
        for (int turn = 1; turn < TURNS_MAX && fit(); turn++) {
            float error = place(scale, minimum);
            if (error >= bestError) {
                break;
            }
            bestError = error;
            bestScale = scale;
            bestMinimum = minimum;
        }
        scale = bestScale;
        minimum = bestMinimum;
        return bestError;
    }

    /**
     * The scale and minimum of the least weighted error for the present levels, if there is one.
     */
    private boolean fit() {
        sum();
        float determinant = sumP * sumPnn - sumPn * sumPn;
        if (!(determinant > 0)) {
            return false;
        }
        scale = (sumP * sumPnx - sumPn * sumPx) / determinant;
        minimum = (sumPn * sumPnx - sumPnn * sumPx) / determinant;
        if (minimum < 0) {
            minimum = 0;
            scale = sumPnx / sumPnn;
        }
        return scale > 0;
    }

    private void sum() {
        sumP = 0;
        sumPn = 0;
        sumPnn = 0;
        sumPx = 0;
        sumPnx = 0;
        for (int i = 0; i < count; i++) {
            float p = importance[i];
            float pn = p * levels[i];
            sumP += p;
            sumPn += pn;
            sumPnn += pn * levels[i];
            sumPx += p * weights[i];
            sumPnx += pn * weights[i];
        }
    }
}
