package dev.altiplano.model.llama;

import java.util.Optional;

/**
 * One sequence's place in the KV cache: positions 0 to {@link #length} - 1 have been computed.
 * {@link Transformer#forward} appends. Owned by the thread that runs the model.
 */
public final class KvSequence implements AutoCloseable {
    private final KvCache cache;
    private final Optional<KvTable> global;
    private final Optional<KvTable> chunked;
    private int length;
    private int keptFrom;
    private boolean closed;

    KvSequence(KvCache cache, Optional<KvTable> global, Optional<KvTable> chunked) {
        this.cache = cache;
        this.global = global;
        this.chunked = chunked;
    }

    /** Positions computed so far; the next token gets this position. */
    public int length() {
        return length;
    }

    KvCache cache() {
        return cache;
    }

    /** The blocks of the layers of one kind. */
    KvTable table(boolean chunkedLayers) {
        return (chunkedLayers ? chunked : global).orElseThrow();
    }

    /**
     * Takes the blocks that {@code tokens} more tokens need. False, and nothing taken, if a pool
     * has too few; true if a forward pass with that many tokens of this sequence cannot run out.
     */
    public boolean tryReserve(int tokens) {
        checkOpen();
        int end = Math.addExact(length, tokens);
        boolean fits = canGrow(global, end) && canGrow(chunked, end);
        if (fits) {
            grow(global, end);
            grow(chunked, end);
        }
        return fits;
    }

    private static boolean canGrow(Optional<KvTable> table, int end) {
        return table.isEmpty() || table.get().missingBlocks(end) <= table.get().pool.freeBlocks();
    }

    /** Without a lambda, which would be one object for each step. */
    private static void grow(Optional<KvTable> table, int end) {
        if (table.isPresent()) {
            table.get().growTo(end);
        }
    }

    /** Books {@code tokens} tokens that a forward pass has written. */
    void commit(int tokens) {
        length = Math.addExact(length, tokens);
        assert keptFrom <= length;
    }

    /**
     * Forgets the positions from {@code length} on, and what was reserved beyond. Throws {@link
     * IllegalStateException} if chunked layers have already dropped what the position {@code
     * length} would see.
     */
    public void rollback(int length) {
        checkOpen();
        if (length < 0 || length > this.length) {
            throw new IllegalArgumentException(
                    "rollback: expected a length of 0 to %d, found %d"
                            .formatted(this.length, length));
        }
        if (length < keptFrom) {
            throw new IllegalStateException(
                    ("rollback to %d: chunked layers keep positions from %d on, as earlier ones were"
                                    + " released. Release later, or compute the sequence again.")
                            .formatted(length, keptFrom));
        }
        this.length = length;
        global.ifPresent(table -> table.shrinkTo(length));
        chunked.ifPresent(table -> table.shrinkTo(length));
    }

    /**
     * Promises never to roll back to a length below {@code position}, so that chunked layers can
     * give back the chunks that no later position sees. Layers with all history keep everything.
     */
    public void release(int position) {
        checkOpen();
        if (position < 0 || position > length) {
            throw new IllegalArgumentException(
                    "release: expected a position of 0 to %d, found %d"
                            .formatted(length, position));
        }
        if (chunked.isPresent()) {
            int chunk = cache.config().attentionChunk();
            keptFrom = Math.max(keptFrom, position - position % chunk);
            chunked.get().dropBefore(keptFrom);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }

    /** Gives all blocks back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            global.ifPresent(KvTable::giveBackAll);
            chunked.ifPresent(KvTable::giveBackAll);
        }
    }
}
