package dev.altiplano.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the calls that are being handled, for whoever waits for the last of them. */
final class OpenCalls {
    private int open;

    synchronized void begin() {
        open++;
    }

    synchronized void end() {
        open--;
        notifyAll();
    }

    /** Waits until none is open, or for as long as the patience lasts. */
    synchronized void awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (open > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }
}
