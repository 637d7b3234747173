package dev.altiplano.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of platform threads that splits an index range; the caller takes part.
 *
 * <p>A range is cut into chunks. Each worker has a run of neighbouring chunks, which it claims one
 * after another, so that what it reads comes in order; whoever is through claims from the others'
 * runs, so that a slow core does less. A claim is one compare-and-set on the run's entry in {@link
 * #claims}, which holds a generation (high half) and the chunks still unclaimed (low half). The
 * plain fields of a job may be read only after a claim of that job has succeeded: the caller cannot
 * publish another before each claimed chunk is counted in {@link #finished}. So a worker that wakes
 * up late finds nothing to claim, and nobody waits for it.
 *
 * <p>Workers spin between jobs, because the next matrix comes within microseconds, and park when
 * nothing came for a while. A job allocates nothing. One caller at a time.
 */
public final class WorkerTeam implements AutoCloseable {
    public static final int THREADS_MAX = 1024;

    /** About a tenth of a millisecond: longer than any gap inside a forward pass. */
    private static final int SPINS_BEFORE_PARKING = 5_000;

    /** From one entry of {@link #claims} to the next: two cache lines, which come in pairs. */
    private static final int CLAIM_STEP = 16;

    private static final long UNCLAIMED_MASK = 0xffff_ffffL;
    private static final long GENERATION_STEP = 1L << 32;

    /** A part of a job. */
    @FunctionalInterface
    public interface RangeTask {
        /**
         * Computes indices {@code from} (inclusive) to {@code to} (exclusive). No two calls with
         * the same {@code worker} (0 to threads - 1) run at the same time.
         */
        void run(int from, int to, int worker);
    }

    private static final RangeTask NOTHING = (from, to, worker) -> {};

    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLongArray claims;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;
    private volatile @Nullable Thread parkedCaller;

    // The job: written by the caller before it publishes claims, read after a successful claim.
    private RangeTask task = NOTHING;
    private int count;
    private int chunk;
    private int chunks;

    /** A team of {@code threads} (1 to {@link #THREADS_MAX}), the caller included. */
    public WorkerTeam(int threads) {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "expected 1 to %d threads, found %d".formatted(THREADS_MAX, threads));
        }
        claims = new AtomicLongArray(threads * CLAIM_STEP);
        for (int index = 1; index < threads; index++) {
            workers.add(new Worker(index));
        }
        workers.forEach(worker -> worker.thread.start());
    }

    public int threads() {
        return workers.size() + 1;
    }

    /**
     * Runs {@code task} over the indices 0 to {@code count} - 1 in chunks of {@code chunk} and
     * returns when all are done. What a task throws comes out here, after the others have finished.
     */
    public void run(int count, int chunk, RangeTask task) {
        Objects.checkIndex(0, chunk);
        if (count <= chunk || workers.isEmpty()) {
            if (count > 0) {
                task.run(0, count, 0);
            }
            return;
        }
        if (closed || !busy.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    closed ? "the worker team is closed" : "the worker team has another caller");
        }
        try {
            publish(count, chunk, task);
            while (workOnOneChunk(0)) {}
            awaitTheOthers();
            rethrowFailure();
        } finally {
            this.task = NOTHING;
            busy.set(false);
        }
    }

    private void publish(int count, int chunk, RangeTask task) {
        this.task = task;
        this.count = count;
        this.chunk = chunk;
        chunks = (count - 1) / chunk + 1;
        finished.set(0);
        for (int run = 0; run < threads(); run++) {
            long generation = (claims.get(run * CLAIM_STEP) & ~UNCLAIMED_MASK) + GENERATION_STEP;
            claims.set(run * CLAIM_STEP, generation | (firstChunk(run + 1) - firstChunk(run)));
        }
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            if (worker.parked) {
                LockSupport.unpark(worker.thread);
            }
        }
    }

    /** Where run {@code run} begins. */
    private int firstChunk(int run) {
        return (int) ((long) chunks * run / threads());
    }

    /** Claims and runs one chunk, of the worker's own run first; false if none is left. */
    private boolean workOnOneChunk(int worker) {
        int threads = threads();
        for (int run = worker; run < worker + threads; run++) {
            if (workOnOneChunk(worker, run < threads ? run : run - threads)) {
                return true;
            }
        }
        return false;
    }

    private boolean workOnOneChunk(int worker, int run) {
        long seen = claims.get(run * CLAIM_STEP);
        while ((seen & UNCLAIMED_MASK) != 0) {
            long before = claims.compareAndExchange(run * CLAIM_STEP, seen, seen - 1);
            if (before == seen) {
                int from = (firstChunk(run + 1) - (int) (seen & UNCLAIMED_MASK)) * chunk;
                runChunk(from, Math.min(count - from, chunk), worker);
                return true;
            }
            seen = before;
        }
        return false;
    }

    private void runChunk(int from, int length, int worker) {
        try {
            if (failure.get() == null) {
                task.run(from, from + length, worker);
            }
        } catch (Throwable thrown) { // handed to the caller, who must not wait for ever
            failure.compareAndSet(null, thrown);
        }
        int chunksOfThisJob = chunks; // once counted, the caller may publish the next job
        if (finished.incrementAndGet() == chunksOfThisJob) {
            Thread caller = parkedCaller;
            if (caller != null) {
                LockSupport.unpark(caller);
            }
        }
    }

    private boolean nothingToClaim() {
        for (int run = 0; run < threads(); run++) {
            if ((claims.get(run * CLAIM_STEP) & UNCLAIMED_MASK) != 0) {
                return false;
            }
        }
        return true;
    }

    private void awaitTheOthers() {
        for (int spins = 0; spins < SPINS_BEFORE_PARKING; spins++) {
            if (finished.get() == chunks) {
                return;
            }
            Thread.onSpinWait();
        }
        parkedCaller = Thread.currentThread();
        while (finished.get() != chunks) {
            LockSupport.park(this);
        }
        parkedCaller = null;
    }

    private void rethrowFailure() {
        switch (failure.getAndSet(null)) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException("a task cannot throw", other);
        }
    }

    /** Ends the threads. Call it when no job runs; a job that begins later is refused. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker.thread);
        }
        boolean interrupted = false;
        for (Worker worker : workers) {
            while (worker.thread.isAlive()) {
                try {
                    worker.thread.join();
                } catch (InterruptedException e) {
                    interrupted = true; // the threads end by themselves: finish first
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thread beside the caller. */
    private final class Worker implements Runnable {
        final int index;
        final Thread thread;
        volatile boolean parked;

        Worker(int index) {
            this.index = index;
            this.thread =
                    Thread.ofPlatform()
                            .name("altiplano-worker-" + index)
                            .daemon(true)
                            .unstarted(this);
        }

        @Override
        public void run() {
            int spins = 0;
            while (!closed) {
                if (workOnOneChunk(index)) {
                    spins = 0;
                } else if (++spins < SPINS_BEFORE_PARKING) {
                    Thread.onSpinWait();
                } else {
                    park();
                    spins = 0;
                }
            }
        }

        private void park() {
            parked = true; // before the last look at the claims: the caller publishes, then looks
            // here
            while (!closed && nothingToClaim()) {
                LockSupport.park(WorkerTeam.this);
            }
            parked = false;
        }
    }
}
