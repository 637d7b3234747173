package dev.altiplano.engine;

import dev.altiplano.engine.StepPlan.Run;
import dev.altiplano.engine.sampling.Candidates;
import dev.altiplano.engine.sampling.LogprobReader;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The step thread: plans a batch, runs it, chooses tokens, hands them out, and again. It alone
 * touches the scheduler, the KV cache and the model. It waits for nobody: readers that are behind
 * pause their sequences.
 */
final class StepLoop implements Runnable {
    /** How often paused sequences are looked at when nothing else happens. */
    private static final long PAUSE_CHECK_NANOS = 100_000_000;

    private final EngineModel model;
    private final Queue<Submission> waiting;
    private final EngineCounters counters;
    private final Scheduler scheduler;
    private final Candidates candidates;
    private final LogprobReader logprobs;
    private volatile boolean closing;
    private volatile @Nullable GenerationFailedException defect;

    StepLoop(
            EngineModel model,
            EngineOptions options,
            Queue<Submission> waiting,
            EngineCounters counters,
            LongSupplier nanoTime) {
        this.model = model;
        this.waiting = waiting;
        this.counters = counters;
        this.scheduler = new Scheduler(model, options, waiting, counters, nanoTime);
        this.candidates = new Candidates(model.vocabSize());
        this.logprobs = new LogprobReader(model.vocabSize());
    }

    /**
     * Steps until {@link #stop}, then ends what is left and frees the model. A defect between the
     * steps ends it, too: every reader and whoever submits next are told.
     */
    @Override
    public void run() {
        try {
            while (!closing) {
                if (!step() && !warmUp()) {
                    waitForWork();
                }
            }
            endEverything(FinishReason.CANCELLED);
            scheduler.removeEnded();
        } catch (Throwable thrown) { // nothing is known about the scheduler any more
            defect = StepFailures.endOfSteps(thrown);
            endEverything(FinishReason.FAILED);
        } finally {
            model.stepModel().close();
        }
    }

    /** Why the thread has ended by itself; empty if it has not. */
    Optional<GenerationFailedException> defect() {
        return Optional.ofNullable(defect);
    }

    /** One forward pass and what follows from it; false if there was nothing to do. */
    boolean step() {
        StepPlan plan = scheduler.plan(); // which sequences, how many tokens each
        if (plan.isEmpty()) {
            return false;
        }
        try {
            float[] logits = model.stepModel().forward(plan); // [rows, vocabSize]
            advance(plan, logits); // choose tokens, hand them to the readers
        } catch (Throwable thrown) { // reported to each reader; the others go on
            fail(plan, thrown);
        }
        scheduler.removeEnded(); // their KV blocks are free again
        return true;
    }

    private void advance(StepPlan plan, float[] logits) {
        int offset = 0;
        int promptTokens = 0;
        int chosen = 0;
        for (Run run : plan.runs()) {
            int before = run.sequence().history().size();
            promptTokens += run.sequence().isPrefilling() ? run.tokens() : 0;
            int rows = run.logitsRows();
            advance(run, logits, offset);
            offset += rows * model.vocabSize();
            chosen += run.sequence().history().size() - before;
        }
        counters.stepped(promptTokens, chosen);
    }

    private void advance(Run run, float[] logits, int offset) {
        try {
            run.sequence().advance(run.tokens(), logits, offset, candidates, logprobs);
        } catch (RuntimeException thrown) { // this sequence alone, such as logits that are NaN
            fail(run.sequence().generation(), thrown);
        }
    }

    private static void fail(StepPlan plan, Throwable thrown) {
        plan.runs().forEach(run -> fail(run.sequence().generation(), thrown));
    }

    private static void fail(Generation generation, Throwable thrown) {
        generation.end(FinishReason.FAILED, StepFailures.explain(thrown));
    }

    /** Uses idle time before the first requests; true if there may be more to do. */
    private boolean warmUp() {
        try {
            return waiting.isEmpty() && model.stepModel().warmUp();
        } catch (RuntimeException | Error failure) {
            return false; // the first request meets the same failure, and reports it
        }
    }

    private void waitForWork() {
        if (closing) {
            return;
        }
        if (scheduler.hasRunning()) {
            LockSupport.parkNanos(this, PAUSE_CHECK_NANOS);
        } else if (waiting.isEmpty()) {
            LockSupport.park(this);
        }
    }

    /** Asks the thread to end; wake it up afterwards. */
    void stop() {
        closing = true;
    }

    private void endEverything(FinishReason reason) {
        for (Sequence sequence : scheduler.running()) {
            sequence.generation().end(reason, defect);
        }
        for (Submission submission : waiting) {
            submission.generation().end(reason, defect);
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
