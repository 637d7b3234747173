package dev.altiplano.engine;

import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.Projection;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.Batch.LogitsFor;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaWeights;
import dev.altiplano.model.llama.LlamaWeights.MixtureOfExperts;
import dev.altiplano.model.llama.LlamaWeights.SwiGlu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Measures how fast a model reads prompts and writes answers, as llama.cpp's {@code llama-bench}
 * does: a prompt of random ids in batches, logits for the last one only; or random ids one by one,
 * each with logits. Every sample begins with an empty KV cache, or with one filled to a depth.
 * Before the first sample the same work runs unmeasured until the compiler has had its time.
 */
public final class Throughput {
    /** How long to warm up: the fast kernels are compiled within this. */
    public static final Duration WARM_UP_DEFAULT = Duration.ofSeconds(2);

    private final MeasuredModel model;
    private final Duration warmUp;
    private final LongSupplier nanoTime;
    private final Batch batch;
    private final SplittableRandom random = new SplittableRandom(1);

    /**
     * Borrows the model.
     *
     * @param warmUp how long a workload runs unmeasured first; at least one repetition does
     */
    public Throughput(MeasuredModel model, Duration warmUp) {
        this(model, warmUp, System::nanoTime);
    }

    Throughput(MeasuredModel model, Duration warmUp, LongSupplier nanoTime) {
        this.model = model;
        this.warmUp = warmUp;
        this.nanoTime = nanoTime;
        this.batch = new Batch(model.batchTokens());
    }

    /**
     * What is timed.
     *
     * @param prompt tokens that are read first, in batches
     * @param generated tokens that are written then, one by one
     * @param depth tokens that are in the KV cache already, untimed
     */
    public record Workload(int prompt, int generated, int depth) {
        private static final int TOKENS_MAX = 1 << 24;

        /** Throws {@link IllegalArgumentException} if there is nothing, or too much, to time. */
        public Workload {
            long tokens = (long) prompt + generated;
            if (prompt < 0 || generated < 0 || tokens < 1 || tokens > TOKENS_MAX) {
                throw new IllegalArgumentException(
                        "expected 1 to %d tokens to time, found %d to read and %d to write"
                                .formatted(TOKENS_MAX, prompt, generated));
            }
            if (depth < 0 || depth > TOKENS_MAX) {
                throw new IllegalArgumentException(
                        "depth: expected 0 to %d tokens, found %d".formatted(TOKENS_MAX, depth));
            }
        }

        public static Workload prompt(int tokens) {
            return new Workload(tokens, 0, 0);
        }

        public static Workload generation(int tokens) {
            return new Workload(0, tokens, 0);
        }

        public Workload withDepth(int tokens) {
            return new Workload(prompt, generated, tokens);
        }

        /** Those that are timed. */
        public int tokens() {
            return prompt + generated;
        }

        /** As llama-bench calls it: {@code pp512}, {@code tg128}, {@code pp512+tg128 @ d1024}. */
        @Override
        public String toString() {
            String reads = prompt > 0 ? "pp" + prompt : "";
            String writes = generated > 0 ? "tg" + generated : "";
            String both = prompt > 0 && generated > 0 ? reads + "+" + writes : reads + writes;
            return depth > 0 ? both + " @ d" + depth : both;
        }
    }

    /**
     * What came out.
     *
     * @param samplesNanos the time of each repetition
     * @param readBytes weights and cached keys and values that one repetition has to read
     */
    public record Result(Workload workload, List<Long> samplesNanos, long readBytes) {
        public Result {
            samplesNanos = List.copyOf(samplesNanos);
        }

        public double meanNanos() {
            return mean(samplesNanos.stream().mapToDouble(Long::doubleValue).toArray());
        }

        public double deviationNanos() {
            return deviation(samplesNanos.stream().mapToDouble(Long::doubleValue).toArray());
        }

        /** Tokens a second, of each repetition. */
        public double[] tokensPerSecond() {
            return samplesNanos.stream()
                    .mapToDouble(nanos -> workload.tokens() * 1e9 / nanos)
                    .toArray();
        }

        public double meanTokensPerSecond() {
            return mean(tokensPerSecond());
        }

        public double deviationTokensPerSecond() {
            return deviation(tokensPerSecond());
        }

        /** Gigabytes (10^9) a second. */
        public double readGigabytesPerSecond() {
            return readBytes / meanNanos();
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        /** Of a sample; 0 for a single value. */
        private static double deviation(double[] values) {
            double mean = mean(values);
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
        }
    }

    /**
     * Warms up, then takes {@code repetitions} samples.
     *
     * @param progress told after the warm-up (0) and after each sample (1, 2, …)
     */
    public Result measure(Workload workload, int repetitions, IntConsumer progress) {
        if (repetitions < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 repetition, found " + repetitions);
        }
        int tokens = workload.depth() + workload.tokens();
        try (KvCache cache = model.newCache(tokens);
                KvSequence sequence = cache.open()) {
            read(cache, sequence, workload.depth(), false);
            long start = nanoTime.getAsLong();
            do {
                run(workload, cache, sequence);
            } while (nanoTime.getAsLong() - start < warmUp.toNanos());
            progress.accept(0);
            List<Long> samples = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                long before = nanoTime.getAsLong();
                run(workload, cache, sequence);
                samples.add(Math.max(1, nanoTime.getAsLong() - before));
                progress.accept(i + 1);
            }
            return new Result(workload, samples, readBytes(workload));
        }
    }

    /** Does the work on top of the sequence's depth, and takes it back. */
    private void run(Workload workload, KvCache cache, KvSequence sequence) {
        read(cache, sequence, workload.prompt(), true);
        for (int id : randomIds(workload.generated())) {
            batch.clear();
            batch.add(sequence, id);
            model.transformer().forward(batch, cache);
        }
        sequence.rollback(workload.depth());
    }

    /**
     * Appends {@code tokens} tokens in batches, the last with logits if they are {@code wanted}.
     */
    private void read(KvCache cache, KvSequence sequence, int tokens, boolean wanted) {
        int[] ids = randomIds(tokens);
        for (int from = 0; from < tokens; from += model.batchTokens()) {
            int count = Math.min(model.batchTokens(), tokens - from);
            boolean last = wanted && from + count == tokens;
            batch.clear();
            batch.add(sequence, ids, from, count, last ? LogitsFor.LAST : LogitsFor.NONE);
            model.transformer().forward(batch, cache);
        }
    }

    private int[] randomIds(int count) {
        return random.ints(count, 0, model.config().vocabularySize()).toArray();
    }

    private long readBytes(Workload workload) {
        int prompt = workload.prompt();
        long bytes = 0;
        for (int from = 0; from < prompt; from += model.batchTokens()) {
            int count = Math.min(model.batchTokens(), prompt - from);
            bytes += passBytes(count, workload.depth() + from + count);
        }
        for (int i = 1; i <= workload.generated(); i++) {
            bytes += passBytes(1, workload.depth() + prompt + i);
        }
        return bytes;
    }

    /** What a pass of {@code tokens} tokens reads that ends with {@code positions} in the cache. */
    private long passBytes(int tokens, long positions) {
        return weightBytes(model.weights(), tokens) + positions * kvBytesPerToken();
    }

    /** Bytes of the matrices that a pass of {@code tokens} tokens reads, each once. */
    private long weightBytes(LlamaWeights weights, int tokens) {
        long bytes = bytes(weights.output());
        for (LlamaWeights.Layer layer : weights.layers()) {
            bytes += layer.queryKeyValue().stream().mapToLong(Throughput::bytes).sum();
            bytes += bytes(layer.attentionOutput());
            bytes +=
                    switch (layer.feedForward()) {
                        case SwiGlu dense -> bytes(dense);
                        case MixtureOfExperts moe ->
                                bytes(moe.router())
                                        + bytes(moe.shared())
                                        + expertsRead(moe, tokens)
                                                * bytes(moe.experts().getFirst());
                    };
        }
        return bytes;
    }

    /** The most experts of a layer that {@code tokens} tokens can go to. */
    private long expertsRead(MixtureOfExperts moe, int tokens) {
        int perToken = model.config().experts().orElseThrow().perToken();
        return Math.min(moe.experts().size(), (long) tokens * perToken);
    }

    private static long bytes(SwiGlu swiGlu) {
        return swiGlu.gateAndUp().stream().mapToLong(Throughput::bytes).sum()
                + bytes(swiGlu.down());
    }

    private static long bytes(Projection projection) {
        long weights = (long) projection.outputs() * projection.inputs();
        return projection.weights().format().sizeBytes(weights);
    }

    private long kvBytesPerToken() {
        LlamaConfig config = model.config();
        KvLayout layout =
                new KvLayout(
                        config.layers().size(), config.kvHeads(), config.headDim(), model.kvType());
        return layout.blockBytes() / KvLayout.BLOCK_TOKENS;
    }
}
