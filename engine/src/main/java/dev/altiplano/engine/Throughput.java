package dev.altiplano.engine;

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
 * each with logits. Every sample begins with an empty KV cache. Before the first sample the same
 * work runs unmeasured until the compiler has had its time.
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

    /** What is timed: reading or writing, never both. */
    public record Workload(Kind kind, int tokens) {
        /** Which half of a request. */
        public enum Kind {
            PROMPT,
            GENERATION
        }

        public Workload {
            if (tokens < 1) {
                throw new IllegalArgumentException("expected at least 1 token, found " + tokens);
            }
        }

        public static Workload prompt(int tokens) {
            return new Workload(Kind.PROMPT, tokens);
        }

        public static Workload generation(int tokens) {
            return new Workload(Kind.GENERATION, tokens);
        }

        /** As llama-bench calls it: {@code pp512}, {@code tg128}. */
        @Override
        public String toString() {
            return (kind == Kind.PROMPT ? "pp" : "tg") + tokens;
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
        try (KvCache cache = new KvCache(model.config(), workload.tokens())) {
            long start = nanoTime.getAsLong();
            do {
                run(workload, cache);
            } while (nanoTime.getAsLong() - start < warmUp.toNanos());
            progress.accept(0);
            List<Long> samples = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                long before = nanoTime.getAsLong();
                run(workload, cache);
                samples.add(Math.max(1, nanoTime.getAsLong() - before));
                progress.accept(i + 1);
            }
            return new Result(workload, samples, readBytes(workload));
        }
    }

    private void run(Workload workload, KvCache cache) {
        int step = workload.kind() == Workload.Kind.PROMPT ? model.batchTokens() : 1;
        int[] ids = random.ints(workload.tokens(), 0, model.config().vocabularySize()).toArray();
        try (KvSequence sequence = cache.open()) {
            for (int from = 0; from < ids.length; from += step) {
                int count = Math.min(step, ids.length - from);
                boolean wanted = step == 1 || from + count == ids.length;
                batch.clear();
                batch.add(sequence, ids, from, count, wanted ? LogitsFor.LAST : LogitsFor.NONE);
                model.transformer().forward(batch, cache);
            }
        }
    }

    private long readBytes(Workload workload) {
        long bytes = 0;
        int step = workload.kind() == Workload.Kind.PROMPT ? model.batchTokens() : 1;
        for (int from = 0; from < workload.tokens(); from += step) {
            int count = Math.min(step, workload.tokens() - from);
            bytes += weightBytes(model.weights(), count) + (from + count) * kvBytesPerToken();
        }
        return bytes;
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
        return 2L * config.layers().size() * config.kvWidth() * Float.BYTES;
    }
}
