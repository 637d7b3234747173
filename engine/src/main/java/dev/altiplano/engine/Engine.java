package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.token.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A model that answers: many requests at once, each a stream of tokens.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(Path.of("model.gguf"))) {
 *     int[] prompt = engine.tokenizer().orElseThrow().encode("The capital of Peru is");
 *     System.out.println(engine.submit(GenerationRequest.of(prompt)).readAll());
 * }
 * }</pre>
 *
 * <p>One thread of its own, the step thread, runs the model ({@link StepLoop}); a worker team
 * computes with it. Every other method may be called from any thread.
 */
public final class Engine implements AutoCloseable {
    /** Drawn seeds are below this, so that they survive JSON numbers. */
    private static final long SEEDS = 1L << 53;

    private final EngineModel model;
    private final Optional<LlamaModel> llama;
    private final EngineOptions options;
    private final LongSupplier nanoTime;
    private final RandomGenerator seeds;
    private final BlockingQueue<Submission> waiting;
    private final EngineCounters counters = new EngineCounters();
    private final StepLoop stepLoop;
    private final Thread stepThread;
    private volatile boolean closed;

    private Engine(
            EngineModel model,
            Optional<LlamaModel> llama,
            EngineOptions options,
            LongSupplier nanoTime,
            RandomGenerator seeds) {
        this.model = model;
        this.llama = llama;
        this.options = options;
        this.nanoTime = nanoTime;
        this.seeds = seeds;
        this.waiting = new ArrayBlockingQueue<>(options.queueLimit());
        this.stepLoop = new StepLoop(model, options, waiting, counters, nanoTime);
        this.stepThread =
                Thread.ofPlatform().name("altiplano-step").daemon(true).unstarted(stepLoop);
    }

    /** As {@link #open(Path, EngineOptions)} with {@link EngineOptions#defaults}. */
    public static Engine open(Path path) {
        return open(path, EngineOptions.defaults());
    }

    /**
     * Opens a model, a GGUF file or a folder with safetensors, and starts the step thread.
     *
     * @throws ModelFormatException if the files are not a model that we can run
     * @throws AltiplanoException if the options do not fit the model or the machine
     */
    public static Engine open(Path path, EngineOptions options) {
        Engine engine = start(LlamaModel.open(path), options);
        try {
            engine.model.awaitTokenizer();
            return engine;
        } catch (RuntimeException | Error failure) {
            engine.close();
            throw failure;
        }
    }

    private static Engine start(LlamaModel llama, EngineOptions options) {
        EngineModel model = ModelLoading.load(llama, options);
        return start(model, Optional.of(llama), options, System::nanoTime, new Random());
    }

    /**
     * Takes over {@code model} and closes it.
     *
     * @param llama what {@code model} computes with; tests have no files
     * @param seeds draws the seed of requests without one; safe for many threads
     */
    static Engine start(
            EngineModel model,
            Optional<LlamaModel> llama,
            EngineOptions options,
            LongSupplier nanoTime,
            RandomGenerator seeds) {
        try {
            Engine engine = new Engine(model, llama, options, nanoTime, seeds);
            engine.stepThread.start();
            return engine;
        } catch (RuntimeException | Error failure) { // such as no memory for one more thread
            model.close();
            throw failure;
        }
    }

    /**
     * Puts a request into the queue and returns at once.
     *
     * @throws QueueFullException if too many wait already
     * @throws PromptTooLongException if the prompt is longer than the context
     * @throws IllegalArgumentException if an id is outside the vocabulary
     * @throws IllegalStateException if the engine is closed
     * @throws GenerationFailedException if a defect has ended the step thread
     */
    public Generation submit(GenerationRequest request) {
        check(request);
        Generation generation =
                new Generation(
                        request.promptIds().length,
                        options.readAhead(),
                        request.sampling().seed().orElseGet(() -> seeds.nextLong(SEEDS)),
                        new GenerationClock(nanoTime),
                        this::wake);
        Submission submission = new Submission(request, generation);
        if (takesSubmissions() && !waiting.offer(submission)) {
            throw new QueueFullException(
                    options.queueLimit(), counters.retryAfter(options.maxSequences()));
        }
        // Asked after the offer: either the step thread sees the submission, or it is taken back.
        if (!takesSubmissions() && (waiting.remove(submission) || !generation.isFinished())) {
            stepLoop.defect()
                    .ifPresent(
                            defect -> {
                                throw defect;
                            });
            throw new IllegalStateException("the engine is closed");
        }
        wake();
        return generation;
    }

    private boolean takesSubmissions() {
        return !closed && stepLoop.defect().isEmpty();
    }

    private void check(GenerationRequest request) {
        if (request.promptIds().length > model.contextTokens()) {
            throw new PromptTooLongException(request.promptIds().length, model.contextTokens());
        }
        IntStream.of(request.promptIds()).forEach(id -> checkId("prompt", id));
        request.stopIds().forEach(id -> checkId("stop ids", id));
        request.sampling().logitBias().keySet().forEach(id -> checkId("logit bias", id));
    }

    private void checkId(String where, int id) {
        if (id < 0 || id >= model.vocabSize()) {
            throw new IllegalArgumentException(
                    "%s: expected ids from 0 to %d, found %d"
                            .formatted(where, model.vocabSize() - 1, id));
        }
    }

    private void wake() {
        LockSupport.unpark(stepThread);
    }

    /** The opened model, with its tokenizer. Belongs to the engine. */
    public LlamaModel model() {
        return llama.orElseThrow(
                () -> new IllegalStateException("this engine runs without model files"));
    }

    /** The tokenizer that gives tokens their text; empty if the model came without one. */
    public Optional<Tokenizer> tokenizer() {
        return model.tokenizer();
    }

    /** The most tokens of prompt and answer together. */
    public int contextTokens() {
        return model.contextTokens();
    }

    public EngineOptions options() {
        return options;
    }

    /**
     * The defect that has ended the step thread: no request can be answered any more. Empty as long
     * as the engine works, and after {@link #close}.
     */
    public Optional<GenerationFailedException> defect() {
        return stepLoop.defect();
    }

    /** The kernels that compute. */
    public KernelTier kernelTier() {
        return options.tier().orElseGet(KernelTier::best);
    }

    /** How the KV cache stores keys and values. */
    public KvType kvType() {
        return options.kvType();
    }

    public EngineStats stats() {
        return counters.stats(
                waiting.size(),
                (long) model.stepModel().blockCount() * model.stepModel().blockTokens());
    }

    /**
     * Ends every generation as cancelled, waits for the step that runs, and frees the model:
     * threads, KV cache and mapped files.
     */
    @Override
    public void close() {
        closed = true;
        stepLoop.stop();
        wake();
        boolean interrupted = false;
        while (stepThread.isAlive()) {
            try {
                stepThread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the thread ends within a step: free everything first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
