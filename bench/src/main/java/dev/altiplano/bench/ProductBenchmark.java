package dev.altiplano.bench;

import dev.altiplano.compute.Inputs;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Packing;
import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Scratch;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The product of 64 rows of 2048 weights with activations that are quantised already, on one core.
 * The counter {@code weightBytes} reads as GB/s, {@code operations} as 10⁹ multiplications and
 * additions a second.
 *
 * <p>The sketch. A call moves {@code 64 · 2048} weights: 72 KiB in Q4_0 and Q4_K, 136 KiB in Q8_0,
 * 256 KiB in F16. One token takes two operations a weight, so memory bounds it: a core reads 12 to
 * 20 GB/s from memory, and should read no less here. From the second-level cache the unpacking
 * bounds it: about one instruction for each 4 weights of 4 bits with AVX2. 64 tokens take 128
 * operations a weight, so arithmetic bounds them: three instructions for 32 products of 8 bits with
 * AVX2, which is half the integer ceiling once each block's scale is paid for; one for 64 with
 * VNNI. {@code bench/peers/run} measures these ceilings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class ProductBenchmark {
    private static final int INPUTS = 2048;
    private static final int OUTPUTS = 64;

    /** Where the weights come from. */
    public enum Source {
        /** The same ones each time. */
        CACHE(OUTPUTS),
        /** Others each time, until more went by than any cache holds. */
        MEMORY(1 << 16);

        private final int outputs;

        Source(int outputs) {
            this.outputs = outputs;
        }
    }

    /** What a call did. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Work {
        public long weightBytes;
        public long operations;
    }

    @Param({"Q4_0", "Q8_0", "Q4_K", "F16"})
    private TensorFormat format = TensorFormat.Q4_0;

    @Param({"1", "64"})
    private int tokens = 1;

    @Param({"CACHE", "MEMORY"})
    private Source source = Source.CACHE;

    private final Kernels kernels = Kernels.best();
    private final Scratch scratch = kernels.newScratch(INPUTS);
    private Inputs inputs = kernels.newInputs(1, INPUTS);
    private float[] out = {};
    private int output;

    @SuppressWarnings("NullAway.Init") // JMH calls make() before anything else.
    private Projection projection;

    @Setup
    public void make() {
        projection = MadeWeights.projection(format, source.outputs, INPUTS);
        Packing packing = kernels.pack(projection);
        for (int part = 0; part < packing.parts(); part++) {
            packing.part().run(part);
        }
        inputs = kernels.newInputs(tokens, INPUTS);
        inputs.set(MadeWeights.floats(tokens * INPUTS), tokens, INPUTS);
        kernels.convert(inputs, kernels.inputForm(projection), 0, tokens, scratch);
        out = new float[tokens * source.outputs];
    }

    @Benchmark
    public float[] multiply(Work work) {
        kernels.multiply(projection, output, output + OUTPUTS, inputs, out, scratch);
        output = (output + OUTPUTS) % source.outputs;
        work.weightBytes += format.sizeBytes((long) OUTPUTS * INPUTS);
        work.operations += 2L * OUTPUTS * INPUTS * tokens;
        return out;
    }

    @TearDown
    public void close() {
        kernels.close();
    }
}
