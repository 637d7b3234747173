package dev.altiplano.model.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The tokens of one forward pass: for each sequence a run that follows what the sequence already
 * holds. Runs may have any lengths. Made once and used again after {@link #clear}, so that a step
 * allocates nothing. Owned by the thread that fills it.
 */
public final class Batch {
    /** Which tokens of a run get logits. */
    public enum LogitsFor {
        NONE,
        LAST,
        ALL
    }

    /** One sequence's part: neighbouring rows of the batch. */
    private static final class Run {
        private KvSequence sequence;
        private int tokens;

        private Run(KvSequence sequence) {
            this.sequence = sequence;
        }
    }

    /** A row that begins with its id's embedding. */
    private static final float[] NOT_REPLACED = {};

    private final int[] ids;
    private final float[][] embeddings;
    private final int[] embeddingIndices;
    private final int[] positions;
    private final int[] runOfRow;
    private final int[] logitsRows;
    private final List<Run> runs = new ArrayList<>();
    private int runCount;
    private int tokenCount;
    private int logitsCount;

    /** A batch for at most {@code tokensMax} tokens. */
    public Batch(int tokensMax) {
        if (tokensMax < 1) {
            throw new IllegalArgumentException(
                    "batch: expected room for at least 1 token, found " + tokensMax);
        }
        ids = new int[tokensMax];
        embeddings = new float[tokensMax][];
        Arrays.fill(embeddings, NOT_REPLACED);
        embeddingIndices = new int[tokensMax];
        positions = new int[tokensMax];
        runOfRow = new int[tokensMax];
        logitsRows = new int[tokensMax];
    }

    public int tokensMax() {
        return ids.length;
    }

    public int tokens() {
        return tokenCount;
    }

    public int sequences() {
        return runCount;
    }

    /** Rows of logits that the pass will give, in the order of the tokens. */
    public int logitsRows() {
        return logitsCount;
    }

    public void clear() {
        Arrays.fill(embeddings, 0, tokenCount, NOT_REPLACED);
        runCount = 0;
        tokenCount = 0;
        logitsCount = 0;
    }

    /** Appends one token and asks for its logits: the usual step of decoding. */
    public void add(KvSequence sequence, int id) {
        Run run = newRun(sequence, 1);
        append(run, id);
        logitsRows[logitsCount++] = tokenCount - 1;
    }

    /**
     * Appends {@code count} tokens of {@code ids} from {@code from} on. Throws {@link
     * IllegalArgumentException} if the batch is full or has this sequence already.
     */
    public void add(KvSequence sequence, int[] ids, int from, int count, LogitsFor logits) {
        Objects.checkFromIndexSize(from, count, ids.length);
        if (count == 0) {
            return;
        }
        Run run = newRun(sequence, count);
        for (int i = 0; i < count; i++) {
            append(run, ids[from + i]);
            if (logits == LogitsFor.ALL || (logits == LogitsFor.LAST && i == count - 1)) {
                logitsRows[logitsCount++] = tokenCount - 1;
            }
        }
    }

    /**
     * Lets the token of {@code row} enter the model as a vector of the text model's hidden size, in
     * place of its id's embedding: a part of an image. The vector begins at {@code index} of {@code
     * vectors}, which is borrowed until {@link #clear}.
     */
    public void replaceEmbedding(int row, float[] vectors, int index) {
        Objects.checkIndex(row, tokenCount);
        embeddings[row] = vectors;
        embeddingIndices[row] = index;
    }

    private Run newRun(KvSequence sequence, int count) {
        if (count > ids.length - tokenCount) {
            throw new IllegalArgumentException(
                    "batch: expected at most %d tokens, found %d and %d more"
                            .formatted(ids.length, tokenCount, count));
        }
        for (int i = 0; i < runCount; i++) {
            if (runs.get(i).sequence == sequence) {
                throw new IllegalArgumentException("batch: a sequence was added twice");
            }
        }
        if (runCount == runs.size()) {
            runs.add(new Run(sequence));
        }
        Run run = runs.get(runCount++);
        run.sequence = sequence;
        run.tokens = 0;
        return run;
    }

    private void append(Run run, int id) {
        ids[tokenCount] = id;
        positions[tokenCount] = Math.addExact(run.sequence.length(), run.tokens);
        runOfRow[tokenCount] = runCount - 1;
        run.tokens++;
        tokenCount++;
    }

    int id(int row) {
        return ids[row];
    }

    boolean replacesEmbedding(int row) {
        return embeddings[row].length > 0;
    }

    /** Writes the vector that replaces the embedding of {@code row}. */
    void copyEmbedding(int row, float[] target, int index, int width) {
        System.arraycopy(embeddings[row], embeddingIndices[row], target, index, width);
    }

    /** The position of the token in its sequence. */
    int position(int row) {
        return positions[row];
    }

    KvSequence sequenceOf(int row) {
        return runs.get(runOfRow[row]).sequence;
    }

    KvSequence sequence(int run) {
        return runs.get(run).sequence;
    }

    int runTokens(int run) {
        return runs.get(run).tokens;
    }

    /** The row of the batch whose logits are row {@code index} of the result. */
    int logitsRow(int index) {
        Objects.checkIndex(index, logitsCount);
        return logitsRows[index];
    }
}
