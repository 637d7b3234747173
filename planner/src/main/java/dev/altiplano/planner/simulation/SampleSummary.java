package dev.altiplano.planner.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Many runs of one input with different seeds, in the order of their numbers.
 *
 * @param runs one or more
 */
public record SampleSummary(List<RunResult> runs) {
    public SampleSummary {
        runs = List.copyOf(runs);
    }

    public Percentiles days() {
        return percentiles(RunResult::days);
    }

    public Percentiles effectiveShare() {
        return percentiles(RunResult::effectiveShare);
    }

    public Percentiles tokens() {
        return percentiles(RunResult::tokens);
    }

    public Percentiles unexpectedStops() {
        return percentiles(RunResult::unexpectedStops);
    }

    public Percentiles joules() {
        return percentiles(run -> run.power().joules());
    }

    public Percentiles peakWatts() {
        return percentiles(run -> run.power().peakWatts());
    }

    public Percentiles demandWatts() {
        return percentiles(run -> run.power().demandWatts());
    }

    /** Of any figure of a run. */
    public Percentiles percentiles(ToDoubleFunction<RunResult> figure) {
        return Percentiles.of(runs.stream().mapToDouble(figure).toArray());
    }

    public double mean(ToDoubleFunction<RunResult> figure) {
        return runs.stream().mapToDouble(figure).sum() / runs.size();
    }

    /** Share of the runs that ended so. */
    public double share(RunResult.Outcome outcome) {
        return mean(run -> run.outcome() == outcome ? 1 : 0);
    }
}
