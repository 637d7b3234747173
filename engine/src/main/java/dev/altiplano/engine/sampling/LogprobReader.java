package dev.altiplano.engine.sampling;

import java.util.ArrayList;
import java.util.List;

/** Turns a row of logits into log-probabilities. Owned by the step thread. */
public final class LogprobReader {
    private final int vocabSize;
    private final BestFirst bestFirst;

    public LogprobReader(int vocabSize) {
        this.vocabSize = vocabSize;
        this.bestFirst = new BestFirst(vocabSize);
    }

    public int vocabSize() {
        return vocabSize;
    }

    /**
     * Of the token {@code id} and the {@code top} most likely ones, in the row at {@code offset}.
     */
    public TokenLogprobs read(float[] logits, int offset, int id, int top) {
        double normaliser = logSumExp(logits, offset, vocabSize);
        int[] best = bestFirst.select(logits, offset, vocabSize, top);
        List<TokenLogprobs.Alternative> alternatives = new ArrayList<>();
        for (int i = 0; i < Math.min(top, vocabSize); i++) {
            alternatives.add(
                    new TokenLogprobs.Alternative(
                            best[i], (float) (logits[offset + best[i]] - normaliser)));
        }
        return new TokenLogprobs((float) (logits[offset + id] - normaliser), alternatives);
    }

    /** {@code log Σ exp(logit)} of {@code count} logits; in double, as hundred thousands add up. */
    public static double logSumExp(float[] logits, int offset, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, logits[offset + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(logits[offset + i] - largest);
        }
        return largest + Math.log(sum);
    }
}
