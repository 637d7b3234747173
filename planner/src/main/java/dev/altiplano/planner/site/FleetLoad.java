package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;
import static dev.altiplano.planner.quantity.Checks.range;

import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.quantity.FacilityPower;
import dev.altiplano.planner.simulation.CapPolicy;

/**
 * A job's whole fleet as the meter sees it.
 *
 * @param nodes all of them, spares included
 * @param busy while all train
 * @param idle while none does
 * @param replicas data-parallel degree
 * @param capExponent γ of {@link PowerCap}
 */
public record FleetLoad(
        int nodes, FacilityPower busy, FacilityPower idle, int replicas, double capExponent) {
    /** Part of a replica that may be lost in the way from replicas to watts and back. */
    private static final double ROUNDING = 1e-6;

    public FleetLoad {
        range("nodes", nodes, 1, 10_000_000);
        range("replicas", replicas, 1, 10_000_000);
        notNegative("idle", idle.watts());
        positive("busy - idle", busy.watts() - idle.watts());
        positive("capExponent", capExponent);
    }

    /** Throws E303 if {@code cap} is below what the idle fleet draws. */
    public void requireAbove(FacilityPower cap) {
        if (cap.compareTo(idle) < 0) {
            throw new PlannerException(FleetOffers.idleAlone(cap, nodes, idle));
        }
    }

    /** The most that {@code policy} draws where {@code allowedWatts} are allowed. */
    public double drawnWatts(CapPolicy policy, double allowedWatts) {
        double allowed = Math.min(busy.watts(), allowedWatts);
        return switch (policy) {
            case CAP_GPUS -> allowed;
            case PAUSE -> allowed < busy.watts() ? idle.watts() : busy.watts();
            case SHRINK -> Math.min(allowed, wattsOf(workingReplicas(allowed, 0)));
        };
    }

    /** Share of full speed while {@code watts} are drawn. */
    public double speed(CapPolicy policy, double watts) {
        return switch (policy) {
            case CAP_GPUS -> new PowerCap(idle.watts(), busy.watts(), capExponent).speedAt(watts);
            case PAUSE -> watts < busy.watts() ? 0 : 1;
            case SHRINK -> (double) workingReplicas(watts, ROUNDING) / replicas;
        };
    }

    private int workingReplicas(double watts, double slack) {
        double share = (watts - idle.watts()) / (busy.watts() - idle.watts());
        return (int) Math.floor(share * replicas + slack);
    }

    private double wattsOf(int working) {
        double extra = busy.watts() - idle.watts();
        return working == replicas ? busy.watts() : idle.watts() + extra * working / replicas;
    }
}
