package dev.altiplano.planner;

import dev.altiplano.planner.input.ReliabilityInput;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.Spread;
import dev.altiplano.planner.simulation.RecoveryPlan;
import dev.altiplano.planner.simulation.RecoveryPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From an unexpected stop back to training under the plan's recovery policy, in closed form: what
 * the simulation does event by event, on average.
 */
final class WayBack {
    private static final Unit SECONDS = Unit.of("s");
    private static final double SECONDS_PER_HOUR = 3_600;

    private final ReliabilityInput reliability;
    private final FailureProfile profile;
    private final RecoveryPlan recovery;
    private final double gpus;
    private final int replicas;

    /** {@code replicas} are the groups of nodes that an elastic job can go on without. */
    WayBack(ReliabilityInput reliability, ComputePlan compute, int replicas) {
        this.reliability = reliability;
        this.profile = reliability.profile();
        this.recovery =
                RunPlanner.recovery(reliability, RunPlanner.checkpoint(reliability, compute));
        this.gpus = (double) compute.jobGpus();
        this.replicas = replicas;
    }

    RecoveryPlan recovery() {
        return recovery;
    }

    /** A job of one replica has nothing to go on with, and waits as others do. */
    private boolean isElastic() {
        return reliability.recovery() == RecoveryPolicy.ELASTIC && replicas > 1;
    }

    /** The share of stops after which a peer still has the state: only a step is lost. */
    double inPlaceShare() {
        boolean hasPeers = reliability.recovery() == RecoveryPolicy.IN_PLACE || isElastic();
        if (!hasPeers) {
            return 0;
        }
        double nodesLost =
                profile.stopsPerHour(FaultEffect.NODE_LOST, gpus)
                        + profile.stopsPerHour(FaultEffect.LINK_DOWN, gpus)
                        + profile.stopsPerHour(FaultEffect.RACK_DOWN, gpus);
        return shareOfStops(nodesLost);
    }

    private double shareOfStops(double perHour) {
        double stops = profile.stopsPerHour(gpus);
        return stops > 0 ? perHour / stops : 0;
    }

    /** The parts of the way back as a mean over all stops, or the one time that the plan gives. */
    Map<String, Quantity> parts() {
        if (reliability.restartSeconds().isPresent()) {
            double seconds = reliability.restartSeconds().get();
            return Map.of("restart", Quantity.exactly(seconds, SECONDS, Grade.STATED, "the plan"));
        }
        double replaced = shareOfStops(profile.nodeLossesPerHour(gpus));
        double loading = isElastic() ? 1 - inPlaceShare() : 1;
        Map<String, Quantity> parts = new LinkedHashMap<>();
        parts.put("detection", mean(recovery.detect()));
        parts.put("replacement", mean(recovery.replace().times(replaced)));
        parts.put("communicator", mean(recovery.connect()));
        parts.put("loading", mean(recovery.load().times(loading)));
        return parts;
    }

    /** What a stop takes on average: many stops add up to the mean, not to the likeliest time. */
    private static Quantity mean(Spread spread) {
        return new Quantity(
                spread.lowSeconds(),
                spread.meanSeconds(),
                spread.highSeconds(),
                SECONDS,
                Grade.ASSUMED,
                "restart defaults, mean of their spread",
                "");
    }

    /** Until all train again; an elastic job does not wait for the other node. */
    double restartSeconds(Formula.Draw draw) {
        if (reliability.restartSeconds().isPresent()) {
            return draw.get("restart");
        }
        double ready = draw.get("detection") + draw.get("communicator") + draw.get("loading");
        return isElastic() ? ready : ready + draw.get("replacement");
    }

    /**
     * The speed that is left by replicas without one of their nodes, 1 but for elastic jobs: a
     * replica of D is away while its node is replaced, less the time in which all stand still.
     */
    double speed(Formula.Draw draw) {
        if (!isElastic() || reliability.restartSeconds().isPresent()) {
            return 1;
        }
        double losses = shareOfStops(profile.nodeLossesPerHour(gpus)) * draw.get("stops per hour");
        double standing = losses / SECONDS_PER_HOUR * draw.get("communicator");
        double replacing = draw.get("replacement") * draw.get("stops per hour") / SECONDS_PER_HOUR;
        return 1 - Math.clamp((replacing - standing) / replicas, 0, 1);
    }
}
