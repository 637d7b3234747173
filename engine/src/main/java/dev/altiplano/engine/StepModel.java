package dev.altiplano.engine;

/**
 * What the step loop asks of a model: a forward pass over a ragged batch, and places in a KV cache.
 * Only the step thread calls it, save the sizes. {@link LlamaStepModel} is the real one; tests have
 * one without weights.
 */
interface StepModel extends AutoCloseable {
    int vocabSize();

    /** KV memory comes in blocks of this many positions. */
    int blockTokens();

    /** Blocks there are for all sequences together. */
    int blockCount();

    /** An empty place in the KV cache. Takes blocks as it grows; gives them back when closed. */
    KvPlace openPlace();

    /**
     * Computes the runs of {@code plan} and appends them to their places. The result belongs to the
     * model and is valid until its next pass.
     *
     * @return [rows, vocabSize], a row for each position that asked for logits, in the plan's order
     */
    float[] forward(StepPlan plan);

    /**
     * Does a little work that nobody asked for, so that the compiler sees the kernels before the
     * first request does; false if that has been done enough.
     */
    default boolean warmUp() {
        return false;
    }

    /** Frees everything; the places too. */
    @Override
    void close();

    /** One sequence's keys and values. */
    interface KvPlace extends AutoCloseable {
        @Override
        void close();
    }
}
