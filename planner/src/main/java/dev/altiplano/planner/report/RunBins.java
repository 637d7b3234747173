package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.RunPhase;
import dev.altiplano.planner.simulation.Trace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run in equal pieces: what the whole run's picture shows, since no screen shows each stop. */
final class RunBins {
    private RunBins() {}

    /**
     * One piece.
     *
     * @param phaseMicros time in each phase
     * @param stops that began in it
     * @param fewestSpares at any time in it
     */
    record Bin(
            long fromMicros,
            long untilMicros,
            Map<RunPhase, Long> phaseMicros,
            int stops,
            int fewestSpares) {
        double share(RunPhase phase) {
            return phaseMicros.getOrDefault(phase, 0L) / (double) (untilMicros - fromMicros);
        }
    }

    /** {@code count} pieces that cover the run. */
    static List<Bin> of(Trace trace, int count) {
        long wall = trace.result().wallMicros();
        List<Trace.Span> spans = trace.timeline();
        List<Bin> bins = new ArrayList<>();
        int span = 0;
        for (int i = 0; i < count; i++) {
            long from = wall / count * i;
            long until = i + 1 < count ? wall / count * (i + 1) : wall;
            var phases = new EnumMap<RunPhase, Long>(RunPhase.class);
            int stops = 0;
            int spares = Integer.MAX_VALUE;
            while (span < spans.size() && spans.get(span).fromMicros() < until) {
                Trace.Span now = spans.get(span);
                long inside = Math.min(until, now.untilMicros()) - Math.max(from, now.fromMicros());
                phases.merge(now.phase(), inside, Long::sum);
                spares = Math.min(spares, now.spares());
                stops += now.fromMicros() >= from && beginsStop(spans, span) ? 1 : 0;
                if (now.untilMicros() > until) {
                    break;
                }
                span++;
            }
            bins.add(new Bin(from, until, phases, stops, spares));
        }
        return bins;
    }

    /** Whether the run worked until just before {@code span} and then stood. */
    static boolean beginsStop(List<Trace.Span> spans, int span) {
        return isStopped(spans.get(span).phase())
                && (span == 0 || !isStopped(spans.get(span - 1).phase()));
    }

    /** Whether the run stands still without a checkpoint. */
    static boolean isStopped(RunPhase phase) {
        return switch (phase) {
            case DETECTING, RESTARTING, WAITING, PAUSED -> true;
            case TRAINING, DEGRADED, CHECKPOINTING, DONE -> false;
        };
    }
}
