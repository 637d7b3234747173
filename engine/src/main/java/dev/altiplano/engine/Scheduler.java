package dev.altiplano.engine;

import dev.altiplano.engine.StepPlan.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Decides which sequences run and how many tokens of each a step computes. Owned by the step
 * thread.
 *
 * <p>Requests are admitted in the order they came, as long as there is a free slot and KV memory
 * for all the tokens that the request may need: so what runs can always run to its end, and nothing
 * waits for itself. A request at the head that does not fit yet holds back those behind it; none
 * starves.
 *
 * <p>A step takes one token of each sequence that is decoding, then prompts in the order they were
 * admitted, up to {@code stepTokens}: so a long prompt slows answers down, but never stops them.
 */
final class Scheduler {
    /** Rows of logits in one step for all prompts whose log-probabilities are wanted. */
    static final int PROMPT_LOGITS_ROWS = 64;

    private final EngineModel model;
    private final EngineOptions options;
    private final Queue<Submission> waiting;
    private final EngineCounters counters;
    private final LongSupplier nanoTime;
    private final int stepTokens;
    private final List<Sequence> running = new ArrayList<>();
    private final StepPlan plan = new StepPlan();
    private int reservedBlocks;

    Scheduler(
            EngineModel model,
            EngineOptions options,
            Queue<Submission> waiting,
            EngineCounters counters,
            LongSupplier nanoTime) {
        this.model = model;
        this.options = options;
        this.waiting = waiting;
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.stepTokens = stepTokens(options);
    }

    /**
     * The most tokens of a step: at least one for each sequence, so that all decoding ones move.
     */
    static int stepTokens(EngineOptions options) {
        return Math.max(options.stepTokens(), options.maxSequences());
    }

    /** What to compute next; empty if there is nothing to do. Valid until the next call. */
    StepPlan plan() {
        removeEnded();
        admit();
        plan.clear();
        int paused = 0;
        for (Sequence sequence : running) {
            if (isPaused(sequence)) {
                paused++;
            } else if (!sequence.isPrefilling()) {
                plan.add(sequence.run(1));
            }
        }
        addPrefillRuns();
        counters.gauge(
                running.size(), paused, reservedBlocks * (long) model.stepModel().blockTokens());
        return plan;
    }

    private void addPrefillRuns() {
        int rows = PROMPT_LOGITS_ROWS;
        for (Sequence sequence : running) {
            int room = stepTokens - plan.tokens();
            int most = sequence.wantsAllLogits() ? Math.min(room, rows) : room;
            if (sequence.isPrefilling() && most > 0 && !sequence.generation().isFinished()) {
                Run run = sequence.run(Math.min(sequence.uncomputed(), most));
                rows -= sequence.wantsAllLogits() ? run.tokens() : 0;
                plan.add(run);
            }
        }
    }

    /** Gives back what ended sequences held, and drops requests that nobody waits for any more. */
    void removeEnded() {
        waiting.removeIf(submission -> wasCancelled(submission.generation()));
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (sequence.generation().isFinished()) {
                running.remove(i);
                reservedBlocks -= sequence.reservedBlocks();
                sequence.place().close();
                counters.ended(sequence.generation());
            }
        }
        assert reservedBlocks >= 0 && (reservedBlocks == 0 || !running.isEmpty());
    }

    private boolean wasCancelled(Generation generation) {
        if (generation.isFinished()) {
            counters.ended(generation);
            return true;
        }
        return false;
    }

    private void admit() {
        while (running.size() < options.maxSequences()) {
            Submission next = waiting.peek();
            if (next == null) {
                return;
            }
            int blocks = model.blocksFor(positions(next.request()));
            if (blocks > model.stepModel().blockCount() - reservedBlocks) {
                return;
            }
            waiting.remove();
            admit(next, blocks);
        }
    }

    private void admit(Submission submission, int blocks) {
        submission.generation().clock().started();
        try {
            running.add(new Sequence(submission, model, blocks));
            reservedBlocks += blocks;
        } catch (Throwable thrown) { // reported to its reader; the others go on
            submission.generation().end(FinishReason.FAILED, StepFailures.explain(thrown));
            counters.ended(submission.generation());
        }
    }

    private int positions(GenerationRequest request) {
        long most = (long) request.promptIds().length + request.maxTokens();
        return (int) Math.min(model.contextTokens(), most);
    }

    /** Whether the reader is behind; one that stays so too long loses its sequence. */
    private boolean isPaused(Sequence sequence) {
        long now = nanoTime.getAsLong();
        OptionalLong since = sequence.pausedSince(now);
        if (since.isPresent() && now - since.getAsLong() >= options.pauseLimit().toNanos()) {
            sequence.generation()
                    .end(
                            FinishReason.FAILED,
                            new GenerationFailedException(
                                    ("reader: expected it to take a token within %d s, found %d"
                                                    + " unread tokens. Read faster.")
                                            .formatted(
                                                    options.pauseLimit().toSeconds(),
                                                    options.readAhead())));
        }
        return since.isPresent();
    }

    /** Whether anything runs, be it paused: then the step thread looks again after a while. */
    boolean hasRunning() {
        return !running.isEmpty();
    }

    List<Sequence> running() {
        return running;
    }

    int reservedBlocks() {
        return reservedBlocks;
    }
}
