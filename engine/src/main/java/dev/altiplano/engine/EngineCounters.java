package dev.altiplano.engine;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What {@link EngineStats} reports. Written by the step thread, read by any. */
final class EngineCounters {
    private static final int RETRY_SECONDS_MAX = 60;

    private final Map<FinishReason, AtomicLong> finished = new EnumMap<>(FinishReason.class);
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong generatedTokens = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private volatile int running;
    private volatile int paused;
    private volatile long kvTokensReserved;
    private volatile double meanAgeNanos;

    EngineCounters() {
        for (FinishReason reason : FinishReason.values()) {
            finished.put(reason, new AtomicLong());
        }
    }

    void gauge(int running, int paused, long kvTokensReserved) {
        this.running = running;
        this.paused = paused;
        this.kvTokensReserved = kvTokensReserved;
    }

    void stepped(int promptTokensOfStep, int generatedTokensOfStep) {
        steps.incrementAndGet();
        promptTokens.addAndGet(promptTokensOfStep);
        generatedTokens.addAndGet(generatedTokensOfStep);
    }

    /** A generation ended. Its age moves the mean by an eighth, so that it follows the load. */
    void ended(Generation generation) {
        count(generation.finishReason()).incrementAndGet();
        double age = generation.clock().ageNanos();
        double mean = meanAgeNanos;
        meanAgeNanos = mean == 0 ? age : mean + (age - mean) / 8;
    }

    private AtomicLong count(FinishReason reason) {
        return Objects.requireNonNull(finished.get(reason));
    }

    /** When one of {@code maxSequences} sequences is likely to end; from 1 s to 60 s. */
    Duration retryAfter(int maxSequences) {
        double seconds = Math.ceil(meanAgeNanos / 1e9 / maxSequences);
        return Duration.ofSeconds((long) Math.clamp(seconds, 1, RETRY_SECONDS_MAX));
    }

    EngineStats stats(int waiting, long kvTokensTotal) {
        Map<FinishReason, Long> byReason = new EnumMap<>(FinishReason.class);
        finished.forEach((reason, count) -> byReason.put(reason, count.get()));
        return new EngineStats(
                running,
                paused,
                waiting,
                kvTokensReserved,
                kvTokensTotal,
                promptTokens.get(),
                generatedTokens.get(),
                steps.get(),
                byReason);
    }
}
