package dev.altiplano.planner.layout;

/**
 * Sequences of one optimizer step: one number, or any between two.
 *
 * @param minSequences at least
 * @param maxSequences at most
 */
public record BatchRange(long minSequences, long maxSequences) {
    public BatchRange {
        if (minSequences < 1 || maxSequences < minSequences) {
            throw new IllegalArgumentException(
                    "a batch of %d to %d sequences is empty; it needs 1 or more, low before high"
                            .formatted(minSequences, maxSequences));
        }
    }

    public static BatchRange fixed(long sequences) {
        return new BatchRange(sequences, sequences);
    }

    /** The whole sequences in a range of tokens. */
    public static BatchRange ofTokens(long minTokens, long maxTokens, long sequenceTokens) {
        return new BatchRange(
                Math.max(1, Math.ceilDiv(minTokens, sequenceTokens)), maxTokens / sequenceTokens);
    }

    public boolean isFixed() {
        return minSequences == maxSequences;
    }
}
