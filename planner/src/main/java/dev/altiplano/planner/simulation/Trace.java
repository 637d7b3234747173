package dev.altiplano.planner.simulation;

import java.util.List;

/**
 * All that is drawn of one run.
 *
 * @param timeline in order, without gaps, from 0 to the end of the run
 * @param power in order; each level holds until the next begins, the last until the end
 * @param eventsCsv text of {@code events.csv}, ASCII
 */
public record Trace(RunResult result, List<Span> timeline, List<Level> power, String eventsCsv) {
    public Trace {
        timeline = List.copyOf(timeline);
        power = List.copyOf(power);
    }

    /** One phase of the run at one speed. */
    public record Span(
            long fromMicros,
            long untilMicros,
            RunPhase phase,
            String cause,
            int speedPpm,
            int spares) {}

    /** A power that holds from a moment on. */
    public record Level(long fromMicros, double watts) {}
}
