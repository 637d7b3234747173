package dev.altiplano.bench;

import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.KvLayout;
import dev.altiplano.compute.KvSpan;
import dev.altiplano.compute.Scratch;
import dev.altiplano.compute.quant.KvType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
 * Attention of one position: 4 query heads of 64 values that share a KV head, on one core.
 *
 * <p>The sketch. A position of the context has 512 bytes of key and value in f32, 256 in f16 and
 * 136 in q8_0, which the 4 heads share, and takes {@code 4 · 4 · 64} = 1024 operations: 2 to 8 for
 * each byte, so arithmetic bounds it as long as the cache holds the context. At 60 · 10⁹ operations
 * a second, two thirds of the f32 ceiling of AVX2, 512 positions take 9 µs and 4096 (2 MiB in f32)
 * 70 µs; the exponentials are one of 256 operations. The time should grow with the context, not
 * faster.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class AttentionBenchmark {
    private static final int HEADS = 4;
    private static final int HEAD_DIM = 64;

    @Param({"512", "4096"})
    private int context = 512;

    @Param private KvType type = KvType.F16;

    private final Kernels kernels = Kernels.best();
    private final Scratch scratch = kernels.newScratch(HEADS * HEAD_DIM);
    private final KvSpan span = new KvSpan();
    private final float[] query = MadeWeights.floats(HEADS * HEAD_DIM);
    private final float[] out = new float[HEADS * HEAD_DIM];

    @Setup
    public void fill() {
        KvLayout layout = new KvLayout(1, 1, HEAD_DIM, type);
        MemorySegment[] blocks = new MemorySegment[context / KvLayout.BLOCK_TOKENS];
        float[] values = MadeWeights.floats(HEAD_DIM);
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Arena.ofAuto().allocate(layout.blockBytes(), 64);
            for (int slot = 0; slot < KvLayout.BLOCK_TOKENS; slot++) {
                layout.store(blocks[i], 0, slot, values, values, 0);
            }
        }
        span.select(layout, blocks, KvSpan.addresses(blocks), 0);
        span.see(0, 0, context);
    }

    @Benchmark
    public float[] attend() {
        kernels.attend(query, 0, HEADS, 0.125f, span, out, scratch);
        return out;
    }
}
