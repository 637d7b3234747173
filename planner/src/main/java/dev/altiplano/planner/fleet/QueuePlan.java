package dev.altiplano.planner.fleet;

import java.util.List;
import java.util.Map;

/**
 * What runs when.
 *
 * @param slices in the order of their ends
 * @param refused jobs that can never start, with the reason
 */
public record QueuePlan(List<Slice> slices, Map<String, String> refused) {
    public QueuePlan {
        slices = List.copyOf(slices);
        refused = Map.copyOf(refused);
    }

    /** The slices of one job, in order of time. */
    public List<Slice> of(String job) {
        return slices.stream().filter(slice -> slice.job().equals(job)).toList();
    }

    /** One uninterrupted stretch of a job on its nodes. */
    public record Slice(
            String job,
            long fromMicros,
            long untilMicros,
            End end,
            Placement placement,
            double watts) {}

    /** Why a stretch ended; all but the first at a checkpoint. */
    public enum End {
        FINISHED,
        PREEMPTED,
        MAINTENANCE
    }
}
