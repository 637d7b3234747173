package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.ReliabilityInput;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Propagation;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.reliability.CheckpointCost;
import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.Goodput;
import dev.altiplano.planner.reliability.RateBand;
import dev.altiplano.planner.reliability.Spread;
import dev.altiplano.planner.simulation.RecoveryPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stops and what they cost, in closed form; the way back is the sum of its parts. */
final class FailurePlanner {
    private static final Unit SECONDS = Unit.of("s");
    private static final Unit DAYS = Unit.of("d");
    private static final double SECONDS_PER_HOUR = 3_600;

    private final PlanInput input;
    private final ComputePlan compute;
    private final ReliabilityInput reliability;
    private final double speedUnderCap;

    private FailurePlanner(PlanInput input, ComputePlan compute, double speedUnderCap) {
        this.input = input;
        this.speedUnderCap = speedUnderCap;
        this.compute = compute;
        this.reliability = input.reliability();
    }

    /** {@code speedUnderCap} is the share of full speed that the site's cap leaves. */
    static FailurePlan plan(
            PlanInput input, ComputePlan compute, SparePlan spares, double speedUnderCap) {
        return new FailurePlanner(input, compute, speedUnderCap).plan(spares);
    }

    private FailurePlan plan(SparePlan spares) {
        FailureProfile profile = reliability.profile();
        RateBand rates = RateBand.of(profile, (double) compute.jobGpus());
        Map<String, Quantity> inputs = new LinkedHashMap<>();
        inputs.put("tokens per second", compute.tokensPerSecond());
        inputs.put("stops per hour", stops(rates, profile));
        inputs.putAll(restart());
        Formula.Draw likely = name -> inputs.getOrDefault(name, NOTHING).base();
        EffectiveTime effective = effective(likely);
        boolean asReported = compute.speedIncludesStops();
        Goodput goodput =
                asReported ? new Goodput(1, 1) : new Goodput(effective.exact(), speedUnderCap);
        Estimate days = Propagation.of(inputs, DAYS, this::trainingSeconds);
        return new FailurePlan(rates, spares.nodes(), effective, goodput, days);
    }

    private static final Quantity NOTHING =
            Quantity.exactly(0, SECONDS, Grade.DERIVED, "not part of this plan");

    private Quantity stops(RateBand rates, FailureProfile profile) {
        return new Quantity(
                rates.lowPerHour(),
                rates.likelyPerHour(),
                rates.highPerHour(),
                Unit.NONE,
                Grade.MEASURED,
                profile.source(),
                "");
    }

    /** The parts of a restart, or the one time that the plan gives. */
    private Map<String, Quantity> restart() {
        if (reliability.restartSeconds().isPresent()) {
            double seconds = reliability.restartSeconds().get();
            return Map.of("restart", Quantity.exactly(seconds, SECONDS, Grade.STATED, "the plan"));
        }
        CheckpointCost cost = RunPlanner.checkpoint(reliability, compute);
        RecoveryPlan recovery = RunPlanner.recovery(reliability, cost);
        Map<String, Quantity> parts = new LinkedHashMap<>();
        parts.put("detection", quantity(recovery.detect()));
        parts.put("replacement", quantity(recovery.replace()));
        parts.put("communicator", quantity(recovery.connect()));
        parts.put("loading", quantity(recovery.load()));
        return parts;
    }

    private static Quantity quantity(Spread spread) {
        return new Quantity(
                spread.lowSeconds(),
                spread.likelySeconds(),
                spread.highSeconds(),
                SECONDS,
                Grade.ASSUMED,
                "restart defaults",
                "");
    }

    private EffectiveTime effective(Formula.Draw draw) {
        double stopsPerHour = draw.get("stops per hour");
        double mtti = stopsPerHour > 0 ? SECONDS_PER_HOUR / stopsPerHour : Double.POSITIVE_INFINITY;
        double stall = reliability.stallSeconds();
        double interval =
                reliability
                        .intervalSeconds()
                        .orElseGet(() -> CheckpointInterval.dalySeconds(stall, mtti));
        return new EffectiveTime(mtti, restartSeconds(draw), interval, stall);
    }

    private double restartSeconds(Formula.Draw draw) {
        if (reliability.restartSeconds().isPresent()) {
            return draw.get("restart");
        }
        return draw.get("detection")
                + draw.get("replacement")
                + draw.get("communicator")
                + draw.get("loading");
    }

    private double trainingSeconds(Formula.Draw draw) {
        double faultFree = input.training().tokens() / draw.get("tokens per second");
        return compute.speedIncludesStops()
                ? faultFree
                : faultFree / (effective(draw).exact() * speedUnderCap);
    }
}
