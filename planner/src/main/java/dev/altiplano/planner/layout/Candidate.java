package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.StepTime;
import java.util.Comparator;

/**
 * A layout that fits, with what it costs.
 *
 * @param microBatches m, of one step and pipeline
 * @param tokensPerSecond of the whole job
 * @param tokensPerSecondPerMegawatt by the request's power per accelerator
 */
public record Candidate(
        Layout layout,
        long microBatches,
        StepTime step,
        MemoryEstimate memory,
        double tokensPerSecond,
        double tokensPerSecondPerMegawatt) {

    /** Total order: time per token, memory, accelerators, then the degrees. */
    public static final Comparator<Candidate> ORDER =
            Comparator.comparingDouble(Candidate::secondsPerToken)
                    .thenComparingDouble(Candidate::memoryBytes)
                    .thenComparingLong(Candidate::gpus)
                    .thenComparing(Candidate::layout, LayoutOrder.INSTANCE)
                    .thenComparingLong(Candidate::microBatches);

    public double secondsPerToken() {
        return 1 / tokensPerSecond;
    }

    public double memoryBytes() {
        return memory.p90Bytes();
    }

    public long gpus() {
        return layout.gpus();
    }

    public long batchSequences() {
        return microBatches * layout.dp() * layout.micro();
    }

    /** No worse than {@code other} in time, memory and accelerators. */
    boolean covers(Candidate other) {
        return secondsPerToken() <= other.secondsPerToken()
                && memoryBytes() <= other.memoryBytes()
                && gpus() <= other.gpus();
    }
}
