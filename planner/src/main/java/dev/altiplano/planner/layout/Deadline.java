package dev.altiplano.planner.layout;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A time limit that many threads look at. */
final class Deadline {
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long limitNanos;
    private volatile boolean missed;

    Deadline(LongSupplier nanoTime, Duration limit) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.limitNanos = limit.toNanos();
    }

    /** Once missed, missed for all. */
    boolean isMissed() {
        if (!missed && nanoTime.getAsLong() - startNanos > limitNanos) {
            missed = true;
        }
        return missed;
    }
}
