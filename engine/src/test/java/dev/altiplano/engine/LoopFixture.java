package dev.altiplano.engine;

import dev.altiplano.model.token.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;

/** A step loop without a thread: a test makes each step, and time passes when the test says so. */
final class LoopFixture {
    static final int VOCAB = 32;
    static final int STOP_ID = 31;
    static final int CONTEXT_TOKENS = 64;

    final FakeStepModel model;
    final StepLoop loop;
    final EngineCounters counters = new EngineCounters();
    private final ArrayBlockingQueue<Submission> waiting;
    private final EngineOptions options;
    private long nowNanos;
    private int wakeUps;

    LoopFixture(EngineOptions options, int blockCount) {
        this.options = options;
        model = new FakeStepModel(VOCAB, blockCount);
        waiting = new ArrayBlockingQueue<>(options.queueLimit());
        Optional<Tokenizer> tokenizer = Optional.of(FakeTokenizer.letters(VOCAB, STOP_ID));
        EngineModel engineModel =
                new EngineModel(
                        model, CONTEXT_TOKENS, CompletableFuture.completedFuture(tokenizer));
        loop = new StepLoop(engineModel, options, waiting, counters, this::nowNanos);
    }

    /** Room for everything: eight sequences of a whole context. */
    static LoopFixture roomy() {
        return new LoopFixture(EngineOptions.defaults(), 8 * 16);
    }

    long nowNanos() {
        return nowNanos;
    }

    void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    /** False if the queue is full. */
    boolean offer(Generation generation, GenerationRequest request) {
        return waiting.offer(new Submission(request, generation));
    }

    Generation submit(GenerationRequest request) {
        Generation generation =
                new Generation(
                        request.promptIds().length,
                        options.readAhead(),
                        request.sampling().seed().orElse(0),
                        new GenerationClock(this::nowNanos),
                        () -> wakeUps++);
        if (!offer(generation, request)) {
            throw new AssertionError("the queue is full");
        }
        return generation;
    }

    /** Steps until nothing is left to do. */
    void runAll() {
        for (int step = 0; loop.step(); step++) {
            if (step > 10_000) {
                throw new AssertionError("the loop does not come to an end");
            }
        }
    }

    EngineStats stats() {
        return counters.stats(waiting.size(), 0);
    }

    int wakeUps() {
        return wakeUps;
    }

    /** The tokens that can be had now. */
    static List<GeneratedToken> read(Generation generation) {
        List<GeneratedToken> tokens = new ArrayList<>();
        Optional<GeneratedToken> next = generation.poll();
        while (next.isPresent()) {
            tokens.add(next.get());
            next = generation.poll();
        }
        return tokens;
    }

    static List<Integer> ids(List<GeneratedToken> tokens) {
        return tokens.stream().map(GeneratedToken::id).toList();
    }

    /** What {@code request} gives when it is alone. */
    static List<Integer> alone(GenerationRequest request) {
        LoopFixture fixture = roomy();
        Generation generation = fixture.submit(request);
        List<Integer> ids = new ArrayList<>();
        while (fixture.loop.step()) {
            ids.addAll(ids(read(generation)));
        }
        return ids;
    }
}
