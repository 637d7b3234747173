package dev.altiplano.bench;

import dev.altiplano.compute.WorkerTeam;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An empty job for the worker team of two, one chunk each: what splitting costs.
 *
 * <p>The sketch. The job, the claims and the count of finished chunks are cache lines that move to
 * the other core and back, 50 to 100 ns each time between cores of one die: 0.2 to 0.5 µs. A 1 B
 * model splits some 100 jobs a token, so 0.05 ms of some 30 ms. Where the two threads do not run at
 * once, a hand-off takes as long as the system lets the other wait.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class HandOffBenchmark {
    private final WorkerTeam team = new WorkerTeam(2);
    private final WorkerTeam.RangeTask nothing = (from, to, worker) -> {};

    @Benchmark
    public void run() {
        team.run(2, 1, nothing);
    }

    @TearDown
    public void close() {
        team.close();
    }
}
