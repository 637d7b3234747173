package dev.altiplano.engine;

import dev.altiplano.engine.StepPlan.Run;
import dev.altiplano.model.llama.Batch.LogitsFor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A model without weights: its logits are a hash of all ids up to the position, so they depend on
 * nothing else, as those of a real model. Keeps account of KV blocks, and fails a test that breaks
 * the rules: a pool that overflows, a place used after it was closed, tokens that do not follow.
 */
class FakeStepModel implements StepModel {
    static final int BLOCK_TOKENS = 4;

    /** The ids that were computed, as the KV cache would know them. */
    private final class FakePlace implements KvPlace {
        final List<Integer> ids = new ArrayList<>();
        boolean closed;

        int blocks() {
            return Math.ceilDiv(ids.size(), BLOCK_TOKENS);
        }

        @Override
        public void close() {
            assert !closed : "a place is closed once";
            closed = true;
            places.remove(this);
            if (closingFailure != null) {
                throw closingFailure;
            }
        }
    }

    private final int vocabSize;
    private final int blockCount;
    private final List<FakePlace> places = new ArrayList<>();
    private float[] logits = {};
    private int largestBatch;
    private int forwards;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private @Nullable RuntimeException placeFailure;
    private @Nullable RuntimeException closingFailure;
    private int largestRows;
    private volatile Runnable beforeForward = () -> {};

    FakeStepModel(int vocabSize, int blockCount) {
        this.vocabSize = vocabSize;
        this.blockCount = blockCount;
    }

    /** The logits [vocabSize] after {@code ids}. */
    static float[] logitsAfter(List<Integer> ids, int vocabSize) {
        float[] row = new float[vocabSize];
        SplittableRandom random = new SplittableRandom(ids.hashCode());
        for (int i = 0; i < vocabSize; i++) {
            row[i] = (float) random.nextDouble(-3, 3);
        }
        return row;
    }

    /** Makes the next pass throw {@code thrown}. */
    void failOnce(Throwable thrown) {
        failure = thrown;
    }

    /** Makes the next opening of a place throw {@code thrown}. */
    void failNextPlace(RuntimeException thrown) {
        placeFailure = thrown;
    }

    /** Makes every closing of a place throw {@code thrown}, as a defect of the cache would. */
    void failClosings(RuntimeException thrown) {
        closingFailure = thrown;
    }

    /** Runs at the head of every pass, on the step thread. */
    void beforeForward(Runnable hook) {
        beforeForward = hook;
    }

    @Override
    public int vocabSize() {
        return vocabSize;
    }

    @Override
    public int blockTokens() {
        return BLOCK_TOKENS;
    }

    @Override
    public int blockCount() {
        return blockCount;
    }

    @Override
    public KvPlace openPlace() {
        assert !closed;
        RuntimeException thrown = placeFailure;
        placeFailure = null;
        if (thrown != null) {
            throw thrown;
        }
        FakePlace place = new FakePlace();
        places.add(place);
        return place;
    }

    @Override
    public float[] forward(StepPlan plan) {
        beforeForward.run();
        forwards++;
        largestBatch = Math.max(largestBatch, plan.tokens());
        throwFailure();
        int rows = plan.runs().stream().mapToInt(Run::logitsRows).sum();
        largestRows = Math.max(largestRows, rows);
        logits = new float[rows * vocabSize];
        int row = 0;
        for (Run run : plan.runs()) {
            row = compute(run, row);
        }
        assert usedBlocks() <= blockCount : "the KV pool overflows";
        return logits;
    }

    private void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private int compute(Run run, int firstRow) {
        Sequence sequence = run.sequence();
        FakePlace place = (FakePlace) sequence.place();
        assert !place.closed && run.tokens() > 0;
        assert place.ids.size() == sequence.computed() : "tokens follow those computed before";
        int row = firstRow;
        for (int i = 0; i < run.tokens(); i++) {
            place.ids.add(sequence.history().id(sequence.computed() + i));
            if (run.logits() == LogitsFor.ALL
                    || (run.logits() == LogitsFor.LAST && i == run.tokens() - 1)) {
                float[] values = logitsAfter(place.ids, vocabSize);
                System.arraycopy(values, 0, logits, row * vocabSize, vocabSize);
                row++;
            }
        }
        return row;
    }

    int openPlaces() {
        return places.size();
    }

    int usedBlocks() {
        return places.stream().mapToInt(FakePlace::blocks).sum();
    }

    int largestBatch() {
        return largestBatch;
    }

    /** The most rows of logits of one pass. */
    int largestRows() {
        return largestRows;
    }

    int forwards() {
        return forwards;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        assert closingFailure != null || places.isEmpty()
                : "every place is given back before the model is closed";
        closed = true;
    }
}
