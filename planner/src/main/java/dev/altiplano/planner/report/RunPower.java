package dev.altiplano.planner.report;

import dev.altiplano.planner.simulation.PowerPlan;
import dev.altiplano.planner.simulation.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The power of a simulated run at the meter, in seconds and watts, with its limits. */
final class RunPower {
    private static final double MICROS = 1e6;

    private final List<Trace.Level> levels;
    private final double seconds;
    private final PowerPlan plan;

    RunPower(Study.Run run) {
        levels = run.trace().power();
        seconds = run.trace().result().wallMicros() / MICROS;
        plan = run.input().power();
    }

    /** A piece of the run. */
    record Piece(double from, double until, double lowest, double mean, double highest) {}

    double seconds() {
        return seconds;
    }

    /** {@code count} pieces of the time from {@code from} to {@code until}. */
    List<Piece> pieces(double from, double until, int count) {
        List<Piece> pieces = new ArrayList<>();
        int level = 0;
        for (int i = 0; i < count; i++) {
            double start = from + (until - from) * i / count;
            double end = from + (until - from) * (i + 1) / count;
            while (levelEnd(level) <= start) {
                level++;
            }
            double lowest = Double.POSITIVE_INFINITY;
            double highest = 0;
            double joules = 0;
            for (int at = level; at < levels.size() && levelStart(at) < end; at++) {
                double watts = levels.get(at).watts();
                lowest = Math.min(lowest, watts);
                highest = Math.max(highest, watts);
                joules += watts * (Math.min(end, levelEnd(at)) - Math.max(start, levelStart(at)));
            }
            pieces.add(new Piece(start, end, lowest, joules / (end - start), highest));
        }
        return pieces;
    }

    /** Corners of the curve between two moments. */
    List<Svg.Point> corners(double from, double until) {
        List<Svg.Point> points = new ArrayList<>();
        for (int level = 0; level < levels.size() && levelStart(level) < until; level++) {
            if (levelEnd(level) > from) {
                double watts = levels.get(level).watts();
                points.add(new Svg.Point(Math.max(from, levelStart(level)), watts));
                points.add(new Svg.Point(Math.min(until, levelEnd(level)), watts));
            }
        }
        return points;
    }

    private double levelStart(int level) {
        return levels.get(level).fromMicros() / MICROS;
    }

    private double levelEnd(int level) {
        return level + 1 < levels.size() ? levelStart(level + 1) : seconds;
    }

    /** Corners of the limit between two moments; empty without one. */
    List<Svg.Point> limit(double from, double until) {
        var moments = new TreeSet<Double>(List.of(from));
        for (PowerPlan.Cap cap : plan.caps()) {
            moments.add(Math.clamp(cap.fromMicros() / MICROS, from, until));
            moments.add(Math.clamp(cap.untilMicros() / MICROS, from, until));
        }
        moments.add(until);
        List<Svg.Point> points = new ArrayList<>();
        Double previous = null;
        for (double moment : moments) {
            if (previous != null) {
                double watts = limitAt((previous + moment) / 2);
                if (Double.isFinite(watts)) {
                    points.add(new Svg.Point(previous, watts));
                    points.add(new Svg.Point(moment, watts));
                }
            }
            previous = moment;
        }
        return points;
    }

    private double limitAt(double second) {
        return plan.caps().stream()
                .filter(cap -> cap.fromMicros() / MICROS <= second)
                .filter(cap -> second < cap.untilMicros() / MICROS)
                .mapToDouble(PowerPlan.Cap::watts)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The limit that holds for the whole run. */
    Optional<PowerPlan.Cap> standing() {
        return plan.caps().stream().filter(cap -> !isWindow(cap)).findFirst();
    }

    /** Times with less power that the run reaches. */
    List<PowerPlan.Cap> windows() {
        return plan.caps().stream()
                .filter(this::isWindow)
                .filter(cap -> cap.fromMicros() / MICROS < seconds)
                .toList();
    }

    private boolean isWindow(PowerPlan.Cap cap) {
        return cap.fromMicros() > 0 || cap.untilMicros() / MICROS < seconds;
    }
}
