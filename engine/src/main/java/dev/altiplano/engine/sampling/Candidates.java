package dev.altiplano.engine.sampling;

import java.util.Arrays;

/**
 * The tokens that may come next, with their logits; always in the order of their ids. Made once for
 * a vocabulary and used for one sequence after another. Owned by the step thread.
 */
public final class Candidates {
    private final int[] ids;
    private final float[] logits;
    private final double[] weights;
    private final float[] keys;
    private final BestFirst bestFirst;
    private int size;

    public Candidates(int vocabSize) {
        ids = new int[vocabSize];
        logits = new float[vocabSize];
        weights = new double[vocabSize];
        keys = new float[vocabSize];
        bestFirst = new BestFirst(vocabSize);
    }

    /**
     * Takes the whole vocabulary again, with the logits from {@code offset} on. Throws {@link
     * SamplingException} if one is NaN or infinite: weights or kernels are broken then.
     */
    public void load(float[] values, int offset) {
        size = ids.length;
        System.arraycopy(values, offset, logits, 0, size);
        for (int i = 0; i < size; i++) {
            if (!(logits[i] < Float.POSITIVE_INFINITY)) {
                throw new SamplingException(
                        "logits: expected numbers, found %s for token %d. The model file is damaged."
                                .formatted(logits[i], i));
            }
            ids[i] = i;
        }
    }

    /** Makes sure that {@code id} is not chosen. Only before the first filter. */
    public void forbid(int id) {
        logits[id] = Float.NEGATIVE_INFINITY;
    }

    public int vocabSize() {
        return ids.length;
    }

    int size() {
        return size;
    }

    int id(int index) {
        return ids[index];
    }

    float logit(int index) {
        return logits[index];
    }

    void setLogit(int index, float logit) {
        logits[index] = logit;
    }

    /** The index of the largest logit; the lowest of equals. */
    int best() {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * Fills in the {@link #weight} of each candidate, {@code exp(logit - largest)}, and gives their
     * sum: weight divided by sum is the probability.
     */
    double weigh() {
        float largest = logits[best()];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = Math.exp(logits[i] - largest);
            sum += weights[i];
        }
        return sum;
    }

    double weight(int index) {
        return weights[index];
    }

    /** Room for a key of each candidate, for {@link #bestByKey}. */
    float[] keys() {
        return keys;
    }

    /** The indices of the {@code k} candidates of largest key, best first; valid until the next. */
    int[] bestByKey(int k) {
        return bestFirst.select(keys, 0, size, k);
    }

    /** The indices of the {@code k} candidates of largest logit, best first; until the next. */
    int[] bestByLogit(int k) {
        return bestFirst.select(logits, 0, size, k);
    }

    /** Drops all but the first {@code count} of {@code indices}, which this sorts. */
    void keep(int[] indices, int count) {
        assert count > 0 : "something must be left to choose";
        Arrays.sort(indices, 0, count);
        for (int i = 0; i < count; i++) {
            move(indices[i], i);
        }
        size = count;
    }

    /** Drops the candidates below {@code cutoff}, but never the best one. */
    void keepAtLeast(float cutoff) {
        float lowest = Math.min(cutoff, logits[best()]);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (logits[i] >= lowest) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    private void move(int from, int to) {
        ids[to] = ids[from];
        logits[to] = logits[from];
    }
}
