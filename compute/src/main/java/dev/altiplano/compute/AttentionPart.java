package dev.altiplano.compute;

/**
 * What attention gives over some of the positions, enough to bring it together with other ones: for
 * G query heads of D values the means of the values, weighted by the softmax of these positions'
 * scores, then per head the largest score, then per head the sum of {@code exp(score - largest)}.
 * In an array {@code [G·D + G + G]} from an index on.
 *
 * <p>The positions of a sequence are cut into ranges at the multiples of {@link #RANGE_TOKENS}, so
 * that a range holds the same positions for whatever query, batch, tier and number of threads.
 * Merged in the order of positions, the parts of the ranges give the same bits wherever each was
 * computed. Sources: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018);
 * Dao et al., "Flash-Decoding for long-context inference" (2023).
 */
public final class AttentionPart {
    /**
     * Positions of a range: whole segments of every tier's attention, and so many that a call and a
     * merge for each take little of the time.
     */
    public static final int RANGE_TOKENS = 2048;

    private AttentionPart() {}

    /** The floats of a part. */
    public static int floats(int heads, int headDim) {
        return Math.multiplyExact(heads, headDim + 2);
    }

    /** Where the largest score of {@code head} stands in a part. */
    static int largest(int heads, int headDim, int head) {
        return heads * headDim + head;
    }

    /** Where the sum of weights of {@code head} stands in a part. */
    static int weightSum(int heads, int headDim, int head) {
        return largest(heads, headDim, heads + head);
    }

    /**
     * Takes the part at {@code next}, of later positions, into the one at {@code index}: with M the
     * larger of both largest scores, a part counts {@code weightSum · exp(largest - M)}.
     */
    public static void merge(float[] parts, int index, int next, int heads, int headDim) {
        for (int head = 0; head < heads; head++) {
            int largest = index + largest(heads, headDim, head);
            int weightSum = index + weightSum(heads, headDim, head);
            int distance = next - index;
            float before = parts[largest];
            float now = Math.max(before, parts[largest + distance]);
            float weight = parts[weightSum] * exp(before - now);
            float nextWeight = parts[weightSum + distance] * exp(parts[largest + distance] - now);
            float total = weight + nextWeight;
            parts[largest] = now;
            parts[weightSum] = total;
            float share = weight / total;
            float nextShare = nextWeight / total;
            for (int i = index + head * headDim; i < index + (head + 1) * headDim; i++) {
                parts[i] = share * parts[i] + nextShare * parts[i + distance];
            }
        }
    }

    /** One of the two is that of 0. */
    private static float exp(float x) {
        return x == 0 ? 1 : (float) StrictMath.exp(x);
    }
}
