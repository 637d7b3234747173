package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.engine.sampling.SamplingOptions;
import dev.altiplano.model.token.Tokenizer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine with its threads, on a real model of random weights or on one without weights. */
final class EngineTest {
    private static final int[] PROMPT = {'H', 'e', 'l', 'l', 'o'};
    private static final GenerationRequest HELLO = GenerationRequest.of(PROMPT).ignoringEos();

    @TempDir private Path folder;
    private Path tiny = Path.of("");

    @BeforeEach
    void writeModel() {
        tiny = TinyModel.write(folder, 7);
    }

    @ParameterizedTest(name = "{0} sequences at once, {1} threads")
    @CsvSource({"1,1", "3,1", "8,2"})
    void givesTheSameTextsWhateverRunsBesideThem(int maxSequences, int threads)
            throws InterruptedException, ExecutionException {
        List<String> expected = new ArrayList<>();
        try (Engine engine = Engine.open(tiny, EngineOptions.defaults().withMaxSequences(1))) {
            for (int i = 0; i < 8; i++) {
                expected.add(engine.submit(request(i)).readAll());
            }
        }
        EngineOptions options =
                EngineOptions.defaults().withMaxSequences(maxSequences).withThreads(threads);

        try (Engine engine = Engine.open(tiny, options);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> texts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Generation generation = engine.submit(request(i));
                texts.add(readers.submit(generation::readAll));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(texts.get(i).get()).isEqualTo(expected.get(i));
            }
        }
    }

    private static GenerationRequest request(int index) {
        int[] prompt = new int[5 + 9 * index];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] = (i * 31 + index) % TinyModel.BYTES;
        }
        return GenerationRequest.of(prompt)
                .withMaxTokens(20)
                .withSampling(SamplingOptions.defaults().withSeed(index));
    }

    @Test
    void continuesATextAsTheUninterruptedRunWouldHave() {
        GenerationRequest whole =
                HELLO.withMaxTokens(12).withSampling(SamplingOptions.defaults().withSeed(5));
        try (Engine engine = Engine.open(tiny)) {
            List<Integer> ids = ids(engine.submit(whole));
            int[] longer = new int[PROMPT.length + 6];
            for (int i = 0; i < longer.length; i++) {
                longer[i] = i < PROMPT.length ? PROMPT[i] : ids.get(i - PROMPT.length);
            }

            GenerationRequest rest =
                    GenerationRequest.of(longer)
                            .ignoringEos()
                            .withMaxTokens(6)
                            .withSampling(whole.sampling());

            assertThat(ids(engine.submit(rest))).isEqualTo(ids.subList(6, 12));
        }
    }

    @Test
    void reportsTheSeedThatItDrew() {
        GenerationRequest random = HELLO.withMaxTokens(10).withSampling(SamplingOptions.defaults());
        try (Engine engine = Engine.open(tiny)) {
            Generation first = engine.submit(random);
            List<Integer> ids = ids(first);

            GenerationRequest again =
                    random.withSampling(SamplingOptions.defaults().withSeed(first.seed()));

            assertThat(ids(engine.submit(again))).isEqualTo(ids);
        }
    }

    @Test
    void unmapsTheModelFileWhenItIsClosed() throws IOException {
        assumeThat(Path.of("/proc/self/maps")).exists();
        for (int round = 0; round < 5; round++) {
            try (Engine engine = Engine.open(tiny)) {
                engine.submit(HELLO.withMaxTokens(2)).readAll();
                assertThat(mappings(tiny)).isPositive();
            }
            assertThat(mappings(tiny)).isZero();
        }
    }

    private static long mappings(Path file) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(file.toString())).count();
        }
    }

    @Test
    void leavesNoThreadBehindWhenItIsClosed() {
        Engine engine = Engine.open(tiny, EngineOptions.defaults().withThreads(3));
        engine.submit(HELLO.withMaxTokens(2)).readAll();

        engine.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().contains("altiplano-"));
    }

    @Test
    void failsTheGenerationWhenTheModelFileShrinksAndStaysAlive() throws IOException {
        try (Engine engine = Engine.open(tiny)) {
            engine.submit(HELLO.withMaxTokens(2)).readAll();
            try (RandomAccessFile file = new RandomAccessFile(tiny.toFile(), "rw")) {
                file.setLength(4096);
            }

            Generation generation = engine.submit(HELLO.withMaxTokens(2));

            assertThatThrownBy(generation::readAll)
                    .isInstanceOf(GenerationFailedException.class)
                    .hasMessageContaining("tiny.gguf");
            assertThat(generation.finishReason()).isEqualTo(FinishReason.FAILED);
            assertThat(engine.stats().finished()).containsEntry(FinishReason.LENGTH, 1L);
        }
    }

    @Test
    void refusesAPromptLongerThanTheContextWithBothNumbers() {
        try (Engine engine = Engine.open(tiny, EngineOptions.defaults().withContextTokens(64))) {
            assertThatThrownBy(() -> engine.submit(GenerationRequest.of(new int[65])))
                    .isInstanceOfSatisfying(
                            PromptTooLongException.class,
                            failure -> {
                                assertThat(failure.promptTokens()).isEqualTo(65);
                                assertThat(failure.contextTokens()).isEqualTo(64);
                            })
                    .hasMessageContainingAll("65", "64");
        }
    }

    @Test
    void refusesIdsOutsideTheVocabulary() {
        try (Engine engine = Engine.open(tiny)) {
            assertThatThrownBy(() -> engine.submit(GenerationRequest.of(new int[] {1, 257})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("prompt", "0 to 256", "257");
            SamplingOptions biased = SamplingOptions.greedy().withLogitBias(Map.of(-1, 1f));
            assertThatThrownBy(() -> engine.submit(HELLO.withSampling(biased)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("logit bias");
        }
    }

    @Test
    void refusesAContextBeyondTheModelsOwn() {
        EngineOptions options = EngineOptions.defaults().withContextTokens(257);

        assertThatThrownBy(() -> Engine.open(tiny, options))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("256", "257");
    }

    @Test
    void refusesOneRequestMoreThanTheQueueHolds() throws InterruptedException {
        Held held = new Held();
        EngineOptions options = EngineOptions.defaults().withMaxSequences(1).withQueueLimit(2);
        try (Engine engine = held.engine(options)) {
            Generation running = engine.submit(HELLO.withMaxTokens(1));
            held.awaitPass();
            engine.submit(HELLO.withMaxTokens(1));
            engine.submit(HELLO.withMaxTokens(1));

            assertThatThrownBy(() -> engine.submit(HELLO))
                    .isInstanceOfSatisfying(
                            QueueFullException.class,
                            full -> assertThat(full.retryAfter()).isPositive())
                    .hasMessageContaining("2 waiting");

            held.release();
            assertThat(ids(running)).hasSize(1);
        }
    }

    @Test
    void cancelsTheGenerationOfAnInterruptedReader() throws InterruptedException {
        Held held = new Held();
        try (Engine engine = held.engine(EngineOptions.defaults())) {
            Generation generation = engine.submit(HELLO);
            held.awaitPass();
            AtomicReference<String> seen = new AtomicReference<>("");
            Thread reader =
                    Thread.startVirtualThread(
                            () -> {
                                String text = generation.readAll();
                                boolean interrupted = Thread.currentThread().isInterrupted();
                                seen.set("'" + text + "' " + interrupted);
                            });

            reader.interrupt();
            reader.join();
            held.release();

            assertThat(seen.get()).isEqualTo("'' true");
            assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        }
    }

    @Test
    void endsRunningAndWaitingGenerationsWhenItIsClosed() throws InterruptedException {
        Held held = new Held();
        Engine engine = held.engine(EngineOptions.defaults().withMaxSequences(1));
        Generation running = engine.submit(HELLO);
        Generation waiting = engine.submit(HELLO);
        held.awaitPass();
        held.release();

        engine.close();

        assertThat(running.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(waiting.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(held.model.isClosed()).isTrue();
        assertThatThrownBy(() -> engine.submit(HELLO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsEverythingAndRefusesMoreOnceADefectHasEndedTheStepThread()
            throws InterruptedException {
        Held held = new Held();
        try (Engine engine = held.engine(EngineOptions.defaults().withMaxSequences(2))) {
            Generation first = engine.submit(HELLO.withMaxTokens(2));
            held.awaitPass();
            Generation running = engine.submit(HELLO.withMaxTokens(5));
            Generation waiting = engine.submit(HELLO);
            held.model.failClosings(new IllegalStateException("lost a block"));
            assertThat(engine.defect()).isEmpty();
            held.release();

            assertThat(ids(first)).hasSize(2);
            for (Generation other : List.of(running, waiting)) {
                assertThatThrownBy(other::readAll)
                        .isInstanceOf(GenerationFailedException.class)
                        .hasMessageContaining("lost a block");
            }

            assertThatThrownBy(() -> engine.submit(HELLO))
                    .isInstanceOf(GenerationFailedException.class)
                    .hasMessageContainingAll("step thread", "lost a block", "open the model again");
            assertThat(engine.defect()).isPresent();
            assertThat(held.model.isClosed()).isTrue();
        }
    }

    @Test
    void survivesAWarmUpThatFails() {
        FakeStepModel model =
                new FakeStepModel(TinyModel.BYTES, 10_000) {
                    @Override
                    public boolean warmUp() {
                        throw new IllegalStateException("cold");
                    }
                };
        try (Engine engine = Held.start(model, EngineOptions.defaults())) {
            assertThat(ids(engine.submit(HELLO.withMaxTokens(3)))).hasSize(3);
        }
    }

    private static List<Integer> ids(Generation generation) {
        List<Integer> ids = new ArrayList<>();
        generation.forEach(token -> ids.add(token.id()));
        return ids;
    }

    /** An engine whose passes wait until the test lets them go. */
    private static final class Held {
        final FakeStepModel model = new FakeStepModel(TinyModel.BYTES, 10_000);
        private final CountDownLatch passBegan = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        Engine engine(EngineOptions options) {
            model.beforeForward(
                    () -> {
                        passBegan.countDown();
                        try {
                            released.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
            return start(model, options);
        }

        static Engine start(FakeStepModel model, EngineOptions options) {
            Optional<Tokenizer> none = Optional.empty();
            return Engine.start(
                    new EngineModel(model, 10_000, CompletableFuture.completedFuture(none)),
                    Optional.empty(),
                    options,
                    System::nanoTime,
                    new Random(1));
        }

        void awaitPass() throws InterruptedException {
            passBegan.await();
        }

        void release() {
            released.countDown();
        }
    }
}
