package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.engine.Throughput.Result;
import dev.altiplano.engine.Throughput.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class ThroughputTest {
    private static final String DENSE = "width=64,layers=2,heads=4/2,ffn=96,vocab=320,type=Q4_0";

    @Test
    void takesAsManySamplesAsAskedForAndReportsProgress() {
        List<Integer> progress = new ArrayList<>();

        Result result = measure(DENSE, Workload.prompt(10), 3, progress);

        assertThat(result.samplesNanos()).hasSize(3);
        assertThat(progress).containsExactly(0, 1, 2, 3);
    }

    @Test
    void computesRatesFromTheSamples() {
        Result result =
                new Result(Workload.generation(4), List.of(1_000_000_000L, 2_000_000_000L), 6);

        assertThat(result.tokensPerSecond()).containsExactly(4, 2);
        assertThat(result.meanTokensPerSecond()).isEqualTo(3);
        assertThat(result.deviationTokensPerSecond()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(result.readGigabytesPerSecond()).isCloseTo(4e-9, within(1e-18));
    }

    @Test
    void countsTheBytesThatWritingReads() {
        Result result = measure(DENSE, Workload.generation(3), 1, new ArrayList<>());

        // Per token: output 320x64; two layers of q, o 64x64, k, v 32x64, three of 96x64.
        long weights = 320 * 64 + 2 * (2 * 64 * 64 + 2 * 32 * 64 + 3 * 96 * 64);
        long kvBytes = (1 + 2 + 3) * 2 * 2 * 32 * 2; // 16 bits each
        assertThat(result.readBytes()).isEqualTo(3 * (weights / 32 * 18) + kvBytes);
    }

    @Test
    void countsTheBytesThatTheDepthAdds() {
        Result shallow = measure(DENSE, new Workload(6, 2, 0), 1, new ArrayList<>());
        Result deep = measure(DENSE, new Workload(6, 2, 100), 1, new ArrayList<>());

        long passes = 2 + 2; // a prompt of 6 in batches of 4, two tokens one by one
        assertThat(deep.readBytes() - shallow.readBytes()).isEqualTo(passes * 100 * 2 * 2 * 32 * 2);
    }

    @Test
    void countsOnlyTheExpertsThatAreUsed() {
        Result one = measure(DENSE + ",experts=8", Workload.generation(1), 1, new ArrayList<>());
        Result dense = measure(DENSE, Workload.generation(1), 1, new ArrayList<>());

        // One expert and the shared one in the place of the dense layer, and a router in F32.
        long expert = 3 * 96 * 64 / 32 * 18;
        long router = 8 * 64 * 4;
        assertThat(one.readBytes() - dense.readBytes()).isEqualTo(2 * (expert + router));
    }

    @Test
    void namesTheWorkloadsAsTheFieldDoes() {
        assertThat(Workload.prompt(512)).hasToString("pp512");
        assertThat(Workload.generation(128)).hasToString("tg128");
        assertThat(new Workload(512, 128, 0)).hasToString("pp512+tg128");
        assertThat(Workload.prompt(512).withDepth(1024)).hasToString("pp512 @ d1024");
    }

    private static Result measure(
            String shape, Workload workload, int repetitions, List<Integer> progress) {
        LongSupplier clock =
                new LongSupplier() {
                    private long nanos;

                    @Override
                    public long getAsLong() {
                        return nanos += 1_000_000;
                    }
                };
        MeasureOptions options = MeasureOptions.defaults().withBatchTokens(4).withThreads(1);
        try (MeasuredModel model = MeasuredModel.synthetic(SyntheticShape.parse(shape), options)) {
            return new Throughput(model, Duration.ZERO, clock)
                    .measure(workload, repetitions, progress::add);
        }
    }
}
