package dev.altiplano.engine;

import java.util.function.LongSupplier;

/** When the stages of one generation began. Written by the step thread, read by any. */
final class GenerationClock {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final long submittedNanos;
    private volatile long startedNanos = NOT_YET;
    private volatile long prefilledNanos = NOT_YET;
    private volatile long lastTokenNanos = NOT_YET;

    GenerationClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.submittedNanos = nanoTime.getAsLong();
    }

    void started() {
        startedNanos = nanoTime.getAsLong();
    }

    /** The prompt is read; the first token, if one comes, ends this stage anew. */
    void prefilled() {
        prefilledNanos = nanoTime.getAsLong();
    }

    void tokenCame() {
        long now = nanoTime.getAsLong();
        if (lastTokenNanos == NOT_YET) {
            prefilledNanos = now;
        }
        lastTokenNanos = now;
    }

    /** From submission to now. */
    long ageNanos() {
        return nanoTime.getAsLong() - submittedNanos;
    }

    GenerationUsage usage(int promptTokens, int completionTokens) {
        return new GenerationUsage(
                promptTokens,
                completionTokens,
                between(submittedNanos, startedNanos),
                between(startedNanos, prefilledNanos),
                between(prefilledNanos, lastTokenNanos));
    }

    private static long between(long from, long to) {
        return from == NOT_YET || to == NOT_YET ? 0 : to - from;
    }
}
