package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.altiplano.compute.AttentionPart;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.Batch.LogitsFor;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.KvSequence;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts the bytes that forward passes take from the heap. */
final class StepAllocationTest {
    private static final String SHAPE = "width=64,layers=2,heads=2/1,ffn=128,vocab=64,type=Q4_0";
    private static final int WARM_UP_STEPS = 400;
    private static final int STEPS = 40;

    /**
     * What a step allocates shows in every window; what the JVM does once for a thread, as when it
     * compiles a loop that is running, in one.
     */
    private static final int WINDOWS = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({
        "AVX2, '', 1, 0",
        "AVX2, '', 2, 0",
        "AVX2, ',experts=16', 2, 0",
        "SCALAR, '', 2, 0",
        "AVX2, '', 1, " + AttentionPart.RANGE_TOKENS,
        "AVX2, '', 2, " + AttentionPart.RANGE_TOKENS
    })
    void aDecodeStepAllocatesNothing(KernelTier tier, String more, int threads, int context) {
        int warmUpSteps = context + WARM_UP_STEPS;
        Assumptions.assumeTrue(tier.whyUnavailable().isEmpty(), tier::toString);
        MeasureOptions options =
                MeasureOptions.defaults().withTier(tier).withThreads(threads).withBatchTokens(4);
        try (MeasuredModel model =
                        MeasuredModel.synthetic(SyntheticShape.parse(SHAPE + more), options);
                KvCache cache = model.newCache(warmUpSteps + STEPS);
                KvSequence sequence = cache.open()) {
            Batch batch = new Batch(1);
            int[] ids = {1};
            List<Long> workers = workers();
            decode(model, cache, sequence, batch, ids, warmUpSteps + STEPS);

            long leastBytes = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS && leastBytes > 0; window++) {
                sequence.rollback(warmUpSteps); // the last steps again: their blocks are there
                long before = allocatedBytes(workers);
                decode(model, cache, sequence, batch, ids, STEPS);
                leastBytes = Math.min(leastBytes, allocatedBytes(workers) - before);
            }

            assertThat(leastBytes).isZero();
        }
    }

    private static void decode(
            MeasuredModel model,
            KvCache cache,
            KvSequence sequence,
            Batch batch,
            int[] ids,
            int steps) {
        for (int step = 0; step < steps; step++) {
            batch.clear();
            batch.add(sequence, ids, 0, 1, LogitsFor.LAST);
            model.transformer().forward(batch, cache);
        }
    }

    private static List<Long> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("altiplano-worker"))
                .map(Thread::threadId)
                .toList();
    }

    /** Of this thread and of the workers. */
    private static long allocatedBytes(List<Long> workers) {
        long bytes = 0;
        for (int i = 0; i < workers.size(); i++) {
            bytes += Math.max(0, THREADS.getThreadAllocatedBytes(workers.get(i)));
        }
        return bytes + THREADS.getCurrentThreadAllocatedBytes();
    }
}
