package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.Schedule;
import dev.altiplano.planner.step.StepModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to search for.
 *
 * @param step model, machine and training
 * @param gpus accelerators of the cluster
 * @param spares of these, kept out of the layout
 * @param batch sequences of a step
 * @param contextParallelMax largest CP to try
 * @param schedules pipeline schedules to try
 * @param wattsPerGpu all-in power of one accelerator in the job, for tokens/s per MW
 * @param rules limits of a named engine
 * @param timeout after which the best found so far is given, marked as such
 */
public record SearchRequest(
        StepModel step,
        long gpus,
        long spares,
        BatchRange batch,
        int contextParallelMax,
        Set<Schedule> schedules,
        double wattsPerGpu,
        List<LayoutRule> rules,
        Duration timeout) {
    /** The schedules that training stacks have had for years. */
    public static final Set<Schedule> ESTABLISHED =
            Set.of(Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED);

    public SearchRequest {
        rules = List.copyOf(rules);
        schedules = Set.copyOf(schedules);
        if (gpus < 1 || gpus > Layout.GPUS_MAX) {
            throw new IllegalArgumentException(
                    "gpus %d is outside 1 to %d".formatted(gpus, Layout.GPUS_MAX));
        }
        if (spares < 0 || spares >= gpus) {
            throw new IllegalArgumentException(
                    "spares %d leave nothing of %d GPUs".formatted(spares, gpus));
        }
        if (contextParallelMax < 1) {
            throw new IllegalArgumentException("CP of at least 1 is needed");
        }
        if (!(wattsPerGpu > 0)) {
            throw new IllegalArgumentException("watts per GPU must be above zero");
        }
    }

    /** Accelerators that a layout may use. */
    public long usableGpus() {
        return gpus - spares;
    }

    /** The same search over fewer accelerators. */
    SearchRequest withGpus(long fewer) {
        return new SearchRequest(
                step, fewer, 0, batch, contextParallelMax, schedules, wattsPerGpu, rules, timeout);
    }
}
