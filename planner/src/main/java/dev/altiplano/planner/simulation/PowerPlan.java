package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.Numbers;
import java.util.List;

/**
 * What the run draws. All watts are at one boundary that the caller chooses; caps are at the same.
 * Nodes in repair draw nothing, spares and stopped nodes idle.
 *
 * @param busyWatts one node while it trains
 * @param waitingWatts one node in checkpoint stalls, detection and restart
 * @param idleWatts one node without a job
 * @param fixedWatts of the site, whatever the nodes do
 * @param rates of the grid, hour by hour
 * @param capExponent γ: speed of a capped node is {@code ((P - idle)/(busy - idle))^(1/γ)}
 */
public record PowerPlan(
        double busyWatts,
        double waitingWatts,
        double idleWatts,
        double fixedWatts,
        double capExponent,
        CapPolicy policy,
        List<Cap> caps,
        HourlyRates rates) {
    /** γ while nobody measured it (assumed; the band is 2 to 3). */
    public static final double CAP_EXPONENT = 2.5;

    private static final double WATTS_MAX = 1e15;

    public PowerPlan {
        caps = List.copyOf(caps);
        boolean ordered = 0 <= idleWatts && idleWatts <= waitingWatts && waitingWatts <= busyWatts;
        if (!ordered || !(busyWatts < WATTS_MAX) || !(fixedWatts >= 0 && fixedWatts < WATTS_MAX)) {
            throw new PlannerException(
                    ErrorCode.E401,
                    "power of a node: expected 0 <= idle <= waiting <= busy, found %s, %s, %s W"
                            .formatted(idleWatts, waitingWatts, busyWatts));
        }
        if (!(capExponent >= 1 && capExponent <= 100)) {
            throw new PlannerException(
                    ErrorCode.E401, "power cap exponent %s is not 1 to 100".formatted(capExponent));
        }
    }

    /** Without a price or emissions of the energy. */
    public PowerPlan(
            double busyWatts,
            double waitingWatts,
            double idleWatts,
            double fixedWatts,
            double capExponent,
            CapPolicy policy,
            List<Cap> caps) {
        this(
                busyWatts,
                waitingWatts,
                idleWatts,
                fixedWatts,
                capExponent,
                policy,
                caps,
                HourlyRates.NONE);
    }

    /** Without a cap. */
    public static PowerPlan uncapped(double busyWatts, double waitingWatts, double idleWatts) {
        return new PowerPlan(
                busyWatts, waitingWatts, idleWatts, 0, CAP_EXPONENT, CapPolicy.CAP_GPUS, List.of());
    }

    public PowerPlan withCaps(CapPolicy newPolicy, List<Cap> newCaps) {
        return new PowerPlan(
                busyWatts,
                waitingWatts,
                idleWatts,
                fixedWatts,
                capExponent,
                newPolicy,
                newCaps,
                rates);
    }

    /** The cap that holds at {@code micros}: the lowest of all open windows. */
    double capWatts(long micros) {
        return caps.stream()
                .filter(cap -> cap.fromMicros() <= micros && micros < cap.untilMicros())
                .mapToDouble(Cap::watts)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Refuses caps below what {@code nodes} idle nodes draw. */
    void requireFeasible(int nodes) {
        double idle = fixedWatts + nodes * idleWatts;
        for (Cap cap : caps) {
            if (cap.watts() < idle) {
                throw new PlannerException(
                        ErrorCode.E303,
                        "no layout keeps %s MW: %d idle nodes alone draw %s MW"
                                .formatted(
                                        Numbers.text(cap.watts() / 1e6),
                                        nodes,
                                        Numbers.text(idle / 1e6)));
            }
        }
    }

    /** At most {@code watts} from {@code fromMicros} until just before {@code untilMicros}. */
    public record Cap(long fromMicros, long untilMicros, double watts) {
        public Cap {
            if (fromMicros < 0 || untilMicros <= fromMicros) {
                throw new PlannerException(
                        ErrorCode.E302,
                        "curtailment window ends before it begins: %d µs to %d µs"
                                .formatted(fromMicros, untilMicros));
            }
            if (!(watts >= 0)) {
                throw new PlannerException(
                        ErrorCode.E401, "power cap %s W is not zero or more".formatted(watts));
            }
        }

        /** In seconds from the start of the run. */
        public static Cap ofSeconds(double fromSeconds, double untilSeconds, double watts) {
            return new Cap(Times.micros(fromSeconds), Times.micros(untilSeconds), watts);
        }

        /** For the whole run. */
        public static Cap always(double watts) {
            return new Cap(0, Times.NEVER, watts);
        }
    }
}
