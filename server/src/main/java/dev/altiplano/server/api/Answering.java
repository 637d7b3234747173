package dev.altiplano.server.api;

import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GeneratedToken;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.QueueFullException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The answers of one call, several at once, as one row of events. A virtual thread reads each
 * answer; a bounded queue between them and the call's thread holds them back when the client reads
 * slowly.
 *
 * <p>A call with many answers has only some of them in the engine at a time, so that it cannot fill
 * the engine's queue: others get their turn in between.
 *
 * <p>{@link #next} is for the call's thread, {@link #cancel} for any.
 */
final class Answering implements AutoCloseable {
    /** How many answers of one call may be in the engine; half of the engine's default batch. */
    static final int IN_FLIGHT_MAX = 4;

    private static final int EVENTS_MAX = 256;

    /** How long to wait for room in the engine's queue when none of our own answers is in it. */
    private static final Duration ROOM_WAIT = Duration.ofMillis(100);

    private final ServedModel model;
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private final BlockingQueue<AnswerEvent> events = new ArrayBlockingQueue<>(EVENTS_MAX);
    private final List<Thread> readers = new ArrayList<>();
    private final List<ServedModel.Answer> inFlight = new ArrayList<>();
    private int unfinished;
    private boolean cancelled;
    private boolean stopped;

    private record Submission(int index, GenerationRequest request) {}

    /**
     * Submits the first requests.
     *
     * @throws QueueFullException if the engine takes none of them
     */
    Answering(ServedModel model, List<GenerationRequest> requests) {
        this.model = model;
        for (int index = 0; index < requests.size(); index++) {
            waiting.add(new Submission(index, requests.get(index)));
        }
        this.unfinished = requests.size();
        submitFirst();
    }

    private void submitFirst() {
        submit(waiting.remove());
        try {
            submitSome();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Whether every answer has ended. */
    boolean isFinished() {
        return unfinished == 0;
    }

    /** The next event, or nothing if none comes in time. */
    Optional<AnswerEvent> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        submitSome();
        AnswerEvent event;
        do {
            long left = Math.max(0, deadline - System.nanoTime());
            long wait = isStarved() ? Math.min(left, ROOM_WAIT.toNanos()) : left;
            event = events.poll(wait, TimeUnit.NANOSECONDS);
            if (event == null) {
                submitSome();
            }
        } while (event == null && !isStopped() && System.nanoTime() < deadline);
        if (event instanceof AnswerEvent.Ended || event instanceof AnswerEvent.Failed) {
            unfinished--;
        }
        return Optional.ofNullable(event);
    }

    /** Ends every answer within one step; {@link #next} then tells of their ends. */
    synchronized void cancel() {
        cancelled = true;
        inFlight.forEach(ServedModel.Answer::cancel);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** The server ends: as {@link #cancel}, but the client is still there to be told. */
    synchronized void stop() {
        stopped = true;
        inFlight.forEach(ServedModel.Answer::cancel);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        cancel();
        readers.forEach(Thread::interrupt);
    }

    private synchronized boolean isStarved() {
        return inFlight.isEmpty() && !waiting.isEmpty();
    }

    /** Fills the places that are free, as far as the engine has room; the rest stays waiting. */
    private void submitSome() {
        try {
            while (hasPlace()) {
                submit(waiting.element());
                waiting.remove();
            }
        } catch (QueueFullException e) {
            // The call as a whole was accepted: what is left is tried again when something ended.
        }
    }

    private synchronized boolean hasPlace() {
        return !cancelled && !stopped && !waiting.isEmpty() && inFlight.size() < IN_FLIGHT_MAX;
    }

    private synchronized void submit(Submission submission) {
        ServedModel.Answer answer = model.submit(submission.request());
        inFlight.add(answer);
        readers.add(
                Thread.ofVirtual()
                        .name("answer-reader")
                        .start(() -> read(submission.index(), answer)));
    }

    private void read(int index, ServedModel.Answer answer) {
        try (answer) {
            Iterator<GeneratedToken> tokens = answer.tokens();
            boolean any = tokens.hasNext();
            events.put(new AnswerEvent.Began(index, answer.promptLogprobs()));
            while (any) {
                events.put(new AnswerEvent.Token(index, tokens.next()));
                any = tokens.hasNext();
            }
            FinishReason reason = answer.finishReason();
            left(answer);
            events.put(new AnswerEvent.Ended(index, reason, answer.usage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // an error too must end the call
            left(answer);
            tell(new AnswerEvent.Failed(index, e));
        }
    }

    private void tell(AnswerEvent event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void left(ServedModel.Answer answer) {
        inFlight.remove(answer);
    }
}
