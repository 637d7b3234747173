package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.sampling.LogprobReader;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.Batch.LogitsFor;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * How surprised a model is by a text: {@code exp} of the mean negative log-likelihood of its
 * tokens. Lower is better; figures compare only for one text, one tokenizer and one way of cutting.
 *
 * <p>Two ways are common, and both are here. {@link #chunks}: the text in pieces of a context, of
 * each the second half scored, so that every token has at least half a context before it
 * (llama.cpp, {@code llama-perplexity}). {@link #strided}: a window that moves by a stride and
 * scores what it has not scored yet (Hugging Face, "Perplexity of fixed-length models").
 */
public final class Perplexity {
    /** Rows of logits in one pass; of the other rows a pass may have as many as the model takes. */
    private static final int LOGITS_ROWS = 128;

    /**
     * A part of the text that is computed by itself.
     *
     * @param from its first token
     * @param to after its last token
     * @param firstScored the first token whose likelihood counts; after {@code from}
     */
    record Window(int from, int to, int firstScored) {
        int scored() {
            return to - firstScored;
        }
    }

    /**
     * What came out.
     *
     * @param standardError of the perplexity, from the spread over the tokens
     * @param meanNll mean negative log-likelihood of a token, in nats
     */
    public record Result(
            double perplexity,
            double standardError,
            double meanNll,
            long scoredTokens,
            int windows) {}

    private final MeasuredModel model;
    private final OptionalInt bosId;
    private final Batch batch;

    /**
     * Borrows the model.
     *
     * @param bosId put in the place of the first token of each window, if the model wants one there
     */
    public Perplexity(MeasuredModel model, OptionalInt bosId) {
        this.model = model;
        this.bosId = bosId;
        this.batch = new Batch(model.batchTokens());
    }

    /**
     * Scores the second half of every full piece of {@code contextTokens}.
     *
     * @param progress told the windows done and all windows, after each
     * @throws AltiplanoException if the text is shorter than one piece
     */
    public Result chunks(int[] ids, int contextTokens, BiConsumer<Integer, Integer> progress) {
        if (ids.length < contextTokens) {
            throw new AltiplanoException(
                    "text: expected at least %d tokens, one context, found %d. Use a longer text or"
                                    .formatted(contextTokens, ids.length)
                            + " a smaller context.");
        }
        return score(ids, chunkWindows(ids.length, contextTokens), contextTokens, progress);
    }

    static List<Window> chunkWindows(int tokens, int contextTokens) {
        List<Window> windows = new ArrayList<>();
        for (int from = 0; from + contextTokens <= tokens; from += contextTokens) {
            // The token at half is context: the first prediction that counts is of the one after.
            windows.add(new Window(from, from + contextTokens, from + contextTokens / 2 + 1));
        }
        return windows;
    }

    /**
     * Scores every token but the first, each with as much context before it as its window has: at
     * least {@code contextTokens - strideTokens}, once the text is that long.
     */
    public Result strided(
            int[] ids, int contextTokens, int strideTokens, BiConsumer<Integer, Integer> progress) {
        if (strideTokens < 1 || strideTokens > contextTokens) {
            throw new AltiplanoException(
                    "stride: expected 1 to %d tokens, the context, found %d. Choose about half of it."
                            .formatted(contextTokens, strideTokens));
        }
        if (ids.length < 2) {
            throw new AltiplanoException(
                    "text: expected at least 2 tokens, found %d. Use a longer text."
                            .formatted(ids.length));
        }
        List<Window> windows = stridedWindows(ids.length, contextTokens, strideTokens);
        return score(ids, windows, contextTokens, progress);
    }

    static List<Window> stridedWindows(int tokens, int contextTokens, int strideTokens) {
        List<Window> windows = new ArrayList<>();
        int scoredTo = 1;
        for (int from = 0; scoredTo < tokens; from += strideTokens) {
            int to = Math.min(from + contextTokens, tokens);
            windows.add(new Window(from, to, Math.max(scoredTo, from + 1)));
            scoredTo = to;
        }
        return windows;
    }

    private Result score(
            int[] ids,
            List<Window> windows,
            int contextTokens,
            BiConsumer<Integer, Integer> progress) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        try (KvCache cache = model.newCache(contextTokens)) {
            for (int i = 0; i < windows.size(); i++) {
                for (double nll : negativeLogLikelihoods(ids, windows.get(i), cache)) {
                    sum += nll;
                    squares += nll * nll;
                    count++;
                }
                progress.accept(i + 1, windows.size());
            }
        }
        double mean = sum / count;
        double variance = Math.max(0, squares / count - mean * mean);
        double error = count > 1 ? Math.sqrt(variance / (count - 1)) : 0;
        double perplexity = Math.exp(mean);
        return new Result(perplexity, error * perplexity, mean, count, windows.size());
    }

    private double[] negativeLogLikelihoods(int[] ids, Window window, KvCache cache) {
        int[] input = Arrays.copyOfRange(ids, window.from(), window.to());
        bosId.ifPresent(bos -> input[0] = bos);
        double[] nlls = new double[window.scored()];
        int firstRow = window.firstScored() - window.from() - 1; // it predicts the first scored
        try (KvSequence sequence = cache.open()) {
            for (int from = 0; from < input.length - 1; ) {
                boolean scores = from >= firstRow;
                int end = scores ? input.length - 1 : firstRow;
                int most = scores ? Math.min(LOGITS_ROWS, batch.tokensMax()) : batch.tokensMax();
                int count = Math.min(end - from, most);
                batch.clear();
                batch.add(sequence, input, from, count, scores ? LogitsFor.ALL : LogitsFor.NONE);
                Logits logits = model.transformer().forward(batch, cache);
                for (int i = 0; i < logits.rows(); i++) {
                    nlls[from - firstRow + i] = nll(logits, i, input[from + i + 1]);
                }
                from += count;
            }
        }
        return nlls;
    }

    private static double nll(Logits logits, int row, int id) {
        int offset = logits.offset(row);
        double normaliser = LogprobReader.logSumExp(logits.values(), offset, logits.vocabulary());
        return normaliser - logits.values()[offset + id];
    }
}
