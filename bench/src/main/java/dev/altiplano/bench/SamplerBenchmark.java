package dev.altiplano.bench;

import dev.altiplano.engine.sampling.Candidates;
import dev.altiplano.engine.sampling.SamplingOptions;
import dev.altiplano.engine.sampling.TokenHistory;
import dev.altiplano.engine.sampling.TokenSampler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One token out of Llama 3's vocabulary of 128,256.
 *
 * <p>The sketch. The logits have 501 KiB, the ids as much; loading writes both, and finding the
 * best reads one: 1.5 MiB at some 20 GB/s from the second- and third-level cache are 80 µs. Top-k
 * looks at each logit once more. A full distribution needs 128,256 exponentials at 5 to 10 ns. A 1
 * B model takes some 30 ms a token, so a greedy token should cost under 1 % and any other under 3
 * %.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class SamplerBenchmark {
    private static final int VOCABULARY = 128_256;

    /** How a token is chosen. */
    public enum Chain {
        GREEDY,
        TOP_K,
        MIN_P,
        ALL;

        private SamplingOptions options() {
            SamplingOptions all = SamplingOptions.defaults();
            return switch (this) {
                case GREEDY -> SamplingOptions.greedy();
                case TOP_K -> all.withTopK(40).withTopP(0.95f).withTemperature(0.8f);
                case MIN_P -> all.withMinP(0.05f).withTemperature(0.8f);
                case ALL -> all;
            };
        }
    }

    @Param({"GREEDY", "TOP_K", "MIN_P", "ALL"})
    private Chain chain = Chain.GREEDY;

    private final float[] logits = MadeWeights.floats(VOCABULARY);
    private final Candidates candidates = new Candidates(VOCABULARY);
    private final TokenHistory history = new TokenHistory(new int[] {1, 2, 3});
    private TokenSampler sampler = new TokenSampler(SamplingOptions.greedy(), 1, id -> "");

    /** Logits as wide as a model's: a few stand out. */
    @Setup
    public void widen() {
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = 12 * logits[i] * logits[i] * logits[i];
        }
        sampler = new TokenSampler(chain.options(), 1, id -> "");
    }

    @Benchmark
    public int sample() {
        candidates.load(logits, 0);
        return sampler.sample(candidates, history);
    }
}
