package dev.altiplano.planner.site;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.quantity.Numbers;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Whether a power curve keeps its caps in every window of a quarter of an hour, wherever it begins.
 *
 * <p>The mean power less the mean cap of a sliding window changes linearly between the moments at
 * which one of its ends meets a change of power or cap, so the worst window is among those: they
 * are all tried, and no sampling can miss one. A capped time that is shorter is one window.
 *
 * @param worst the window with the least room; empty if nothing is capped
 */
public record CapProof(Optional<Window> worst) {
    /** What grids settle by. */
    public static final double WINDOW_SECONDS = 900;

    /** Rounding of sums, relative to the cap. */
    private static final double ROUNDING = 1e-9;

    /** Means of one window. */
    public record Window(
            double fromSeconds, double untilSeconds, FacilityPower mean, FacilityPower cap) {

        double excessWatts() {
            return mean.watts() - cap.watts();
        }

        boolean keepsCap() {
            return excessWatts() <= ROUNDING * cap.watts();
        }
    }

    /** Tries every window of the whole curve. */
    public static CapProof of(PowerCurve power, CapSchedule caps) {
        Optional<Window> worst = Optional.empty();
        for (PowerCurve cap : caps.capped(power.untilSeconds())) {
            Window candidate = worst(power, cap);
            if (worst.isEmpty() || candidate.excessWatts() > worst.get().excessWatts()) {
                worst = Optional.of(candidate);
            }
        }
        return new CapProof(worst);
    }

    public boolean holds() {
        return worst.map(Window::keepsCap).orElse(true);
    }

    /** E303 if the cap is not kept. */
    public Optional<Problem> problem() {
        return worst.filter(window -> !window.keepsCap())
                .map(
                        window ->
                                Problem.of(
                                        ErrorCode.E303,
                                        "the mean of %s MW from %s s to %s s exceeds the cap of %s MW"
                                                .formatted(
                                                        Numbers.text(window.mean().megawatts()),
                                                        Numbers.text(window.fromSeconds()),
                                                        Numbers.text(window.untilSeconds()),
                                                        Numbers.text(window.cap().megawatts()))));
    }

    private static Window worst(PowerCurve power, PowerCurve cap) {
        double first = cap.fromSeconds();
        double length = Math.min(WINDOW_SECONDS, cap.untilSeconds() - first);
        double last = cap.untilSeconds() - length;
        double[] changes =
                DoubleStream.concat(
                                DoubleStream.of(power.startsSeconds()),
                                DoubleStream.of(cap.startsSeconds()))
                        .toArray();
        DoubleStream starts =
                DoubleStream.concat(
                        DoubleStream.of(changes),
                        DoubleStream.of(changes).map(change -> change - length));
        Window worst = window(power, cap, first, length);
        double[] inOrder = DoubleStream.concat(starts, DoubleStream.of(last)).sorted().toArray();
        for (double start : inOrder) {
            if (start > first && start <= last) {
                Window candidate = window(power, cap, start, length);
                worst = candidate.excessWatts() > worst.excessWatts() ? candidate : worst;
            }
        }
        return worst;
    }

    private static Window window(PowerCurve power, PowerCurve cap, double from, double length) {
        double until = from + length;
        return new Window(
                from,
                until,
                new FacilityPower(power.joules(from, until) / length),
                new FacilityPower(cap.joules(from, until) / length));
    }
}
