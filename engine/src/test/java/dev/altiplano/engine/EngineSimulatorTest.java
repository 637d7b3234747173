package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.engine.sampling.SamplingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the step loop through thousands of steps with seeded submissions, cancellations, slow
 * readers, failing steps and failing admissions, on virtual time. After each step the invariants
 * hold; the failing seed replays.
 */
final class EngineSimulatorTest {
    private static final int STEPS = 1500;
    private static final int KV_BLOCKS = 24; // a context and a half: requests do wait

    /** A request and what its reader has seen so far. */
    private static final class Reader {
        final GenerationRequest request;
        final Generation generation;
        final List<Integer> ids = new ArrayList<>();
        final boolean slow;
        boolean cancelled;
        boolean ended;

        Reader(GenerationRequest request, Generation generation, boolean slow) {
            this.request = request;
            this.generation = generation;
            this.slow = slow;
        }

        /** Reads at most {@code tokens}. */
        void read(int tokens) {
            for (int i = 0; i < tokens && !ended; i++) {
                boolean atEnd = generation.isFinished();
                try {
                    Optional<GeneratedToken> next = generation.poll();
                    next.ifPresent(token -> ids.add(token.id()));
                    ended = atEnd && next.isEmpty();
                } catch (GenerationFailedException e) {
                    ended = true;
                }
            }
        }
    }

    private final List<Reader> readers = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void everyGenerationEndsOnceWithTheTextOfARunAlone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EngineOptions options =
                EngineOptions.defaults()
                        .withMaxSequences(random.nextInt(1, 6))
                        .withStepTokens(random.nextInt(1, 20))
                        .withQueueLimit(random.nextInt(1, 10))
                        .withReadAhead(random.nextInt(1, 8))
                        .withPauseLimit(Duration.ofMillis(50));
        LoopFixture fixture = new LoopFixture(options, KV_BLOCKS);
        long submitted = 0;

        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) == 0 && submit(fixture, options, random)) {
                submitted++;
            }
            if (random.nextInt(200) == 0) {
                fixture.model.failOnce(new IllegalStateException("seeded fault"));
            }
            if (random.nextInt(100) == 0) {
                fixture.model.failNextPlace(new IllegalStateException("seeded fault"));
            }
            if (random.nextInt(10) == 0 && !readers.isEmpty()) {
                Reader reader = readers.get(random.nextInt(readers.size()));
                reader.cancelled |= !reader.generation.isFinished();
                reader.generation.cancel();
            }
            fixture.loop.step();
            fixture.pass(Duration.ofMillis(1));
            readers.forEach(r -> r.read(r.slow ? random.nextInt(2) : 100));
            checkInvariants(fixture, options);
        }
        drain(fixture);

        assertThat(fixture.model.openPlaces()).isZero();
        assertThat(fixture.stats().kvTokensReserved()).isZero();
        assertThat(fixture.stats().finished().values().stream().mapToLong(n -> n).sum())
                .as("each ended exactly once")
                .isEqualTo(submitted);
        readers.forEach(EngineSimulatorTest::checkText);
    }

    private boolean submit(LoopFixture fixture, EngineOptions options, SplittableRandom random) {
        int[] prompt =
                random.ints(random.nextInt(1, LoopFixture.CONTEXT_TOKENS), 0, LoopFixture.VOCAB)
                        .toArray();
        GenerationRequest request =
                GenerationRequest.of(prompt)
                        .withMaxTokens(random.nextInt(0, 40))
                        .withMinTokens(random.nextInt(0, 4))
                        .withSampling(
                                SamplingOptions.defaults()
                                        .withTemperature(random.nextInt(2))
                                        .withTopK(random.nextInt(10))
                                        .withSeed(random.nextLong()));
        if (random.nextInt(4) == 0) {
            request = request.withPromptLogprobs(1);
        }
        Generation generation =
                new Generation(
                        prompt.length,
                        options.readAhead(),
                        request.sampling().seed().orElseThrow(),
                        new GenerationClock(fixture::nowNanos),
                        () -> {});
        if (!fixture.offer(generation, request)) {
            return false;
        }
        readers.add(new Reader(request, generation, random.nextInt(5) == 0));
        return true;
    }

    private void checkInvariants(LoopFixture fixture, EngineOptions options) {
        Scheduler scheduler = fixture.loop.scheduler();
        assertThat(scheduler.running()).hasSizeLessThanOrEqualTo(options.maxSequences());
        assertThat(scheduler.reservedBlocks()).isBetween(0, KV_BLOCKS);
        assertThat(fixture.model.usedBlocks())
                .as("blocks in use were reserved")
                .isLessThanOrEqualTo(scheduler.reservedBlocks());
        assertThat(fixture.model.openPlaces())
                .as("one place for each running sequence, none lost")
                .isEqualTo(scheduler.running().size());
        assertThat(fixture.model.largestBatch())
                .isLessThanOrEqualTo(Math.max(options.stepTokens(), options.maxSequences()));
        assertThat(fixture.model.largestRows())
                .isLessThanOrEqualTo(Scheduler.PROMPT_LOGITS_ROWS + options.maxSequences());
    }

    /** No more requests; everybody reads. */
    private void drain(LoopFixture fixture) {
        for (int step = 0; step < 20_000; step++) {
            boolean worked = fixture.loop.step();
            fixture.pass(Duration.ofMillis(1));
            readers.forEach(reader -> reader.read(100));
            if (!worked && readers.stream().allMatch(reader -> reader.generation.isFinished())) {
                fixture.loop.step();
                readers.forEach(reader -> reader.read(100));
                return;
            }
        }
        throw new AssertionError("some generation never ends");
    }

    private static void checkText(Reader reader) {
        assertThat(reader.generation.isFinished()).isTrue();
        List<Integer> alone = LoopFixture.alone(reader.request);
        switch (reader.generation.finishReason()) {
            case STOP, LENGTH, CONTEXT_FULL -> assertThat(reader.ids).isEqualTo(alone);
            case CANCELLED, FAILED ->
                    assertThat(alone.subList(0, Math.min(alone.size(), reader.ids.size())))
                            .isEqualTo(reader.ids);
        }
        assertThat(reader.cancelled)
                .isEqualTo(reader.generation.finishReason() == FinishReason.CANCELLED);
    }
}
