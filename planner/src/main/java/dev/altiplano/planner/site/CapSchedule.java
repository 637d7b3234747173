package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.quantity.FacilityPower;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cap at every moment: the lowest of the site's own and of all windows that are open.
 *
 * @param standing cap of the site, if it has one
 * @param windows in any order; they may overlap
 */
public record CapSchedule(Optional<FacilityPower> standing, List<Curtailment> windows) {
    public CapSchedule {
        windows = List.copyOf(windows);
    }

    /** A time with one cap; {@code watts} is infinite where there is none. */
    record Level(double fromSeconds, double untilSeconds, double watts) {}

    /** From 0 to {@code horizonSeconds} without a gap. */
    List<Level> levels(double horizonSeconds) {
        positive("horizonSeconds", horizonSeconds);
        TreeSet<Double> moments = new TreeSet<>(List.of(0.0, horizonSeconds));
        for (Curtailment window : windows) {
            moments.add(window.fromSeconds());
            moments.add(window.untilSeconds());
        }
        List<Curtailment> waiting = new ArrayList<>(windows);
        waiting.sort(Comparator.comparingDouble(Curtailment::fromSeconds).reversed());
        PriorityQueue<Curtailment> open =
                new PriorityQueue<>(Comparator.comparing(Curtailment::limit));
        List<Level> levels = new ArrayList<>();
        for (double from : moments.headSet(horizonSeconds)) {
            while (!waiting.isEmpty() && waiting.getLast().fromSeconds() <= from) {
                open.add(waiting.removeLast());
            }
            while (!open.isEmpty() && open.peek().untilSeconds() <= from) {
                open.remove();
            }
            double until = Math.min(horizonSeconds, moments.higher(from));
            levels.add(new Level(from, until, lowest(open.peek())));
        }
        return levels;
    }

    private double lowest(@Nullable Curtailment window) {
        double own = standing.map(FacilityPower::watts).orElse(Double.POSITIVE_INFINITY);
        return window == null ? own : Math.min(own, window.limit().watts());
    }

    /** The times with a cap, each without a gap. */
    List<PowerCurve> capped(double horizonSeconds) {
        List<PowerCurve> curves = new ArrayList<>();
        List<Level> run = new ArrayList<>();
        for (Level level : levels(horizonSeconds)) {
            if (Double.isInfinite(level.watts())) {
                addCurve(run, curves);
            } else {
                run.add(level);
            }
        }
        addCurve(run, curves);
        return curves;
    }

    private static void addCurve(List<Level> run, List<PowerCurve> curves) {
        if (!run.isEmpty()) {
            curves.add(
                    new PowerCurve(
                            run.stream().mapToDouble(Level::fromSeconds).toArray(),
                            run.stream().mapToDouble(Level::watts).toArray(),
                            run.getLast().untilSeconds()));
            run.clear();
        }
    }
}
