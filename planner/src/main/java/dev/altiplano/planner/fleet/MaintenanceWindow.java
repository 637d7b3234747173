package dev.altiplano.planner.fleet;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import java.util.Set;

/** Nodes that must be empty from a moment until another, microseconds from the plan's start. */
public record MaintenanceWindow(Set<String> nodes, long fromMicros, long untilMicros) {
    public MaintenanceWindow {
        nodes = Set.copyOf(nodes);
        if (fromMicros < 0 || untilMicros <= fromMicros) {
            throw new PlannerException(
                    ErrorCode.E302,
                    "maintenance window ends before it begins: %d µs to %d µs"
                            .formatted(fromMicros, untilMicros));
        }
    }

    boolean isOpen(long micros) {
        return fromMicros <= micros && micros < untilMicros;
    }
}
