package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.ReliabilityInput;
import dev.altiplano.planner.quantity.Estimate;
import dev.altiplano.planner.quantity.Formula;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.quantity.Propagation;
import dev.altiplano.planner.quantity.Quantity;
import dev.altiplano.planner.quantity.Unit;
import dev.altiplano.planner.reliability.CheckpointInterval;
import dev.altiplano.planner.reliability.EffectiveTime;
import dev.altiplano.planner.reliability.FailureProfile;
import dev.altiplano.planner.reliability.FaultEffect;
import dev.altiplano.planner.reliability.Goodput;
import dev.altiplano.planner.reliability.KeptTime;
import dev.altiplano.planner.reliability.RateBand;
import dev.altiplano.planner.reliability.Spread;
import dev.altiplano.planner.simulation.Disturbances;
import dev.altiplano.planner.simulation.RecoveryPlan;
import dev.altiplano.planner.simulation.RecoveryPolicy;
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
        KeptTime kept = kept(likely);
        boolean asReported = compute.speedIncludesStops();
        Goodput goodput = asReported ? new Goodput(1, 1) : new Goodput(kept.share(), speedUnderCap);
        Estimate days = Propagation.of(inputs, DAYS, this::trainingSeconds);
        return new FailurePlan(rates, spares.nodes(), kept, goodput, days);
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
        RecoveryPlan recovery = recovery();
        Map<String, Quantity> parts = new LinkedHashMap<>();
        parts.put("detection", mean(recovery.detect()));
        parts.put("replacement", mean(recovery.replace().times(replacedShare())));
        parts.put("communicator", mean(recovery.connect()));
        parts.put("loading", mean(recovery.load()));
        return parts;
    }

    private RecoveryPlan recovery() {
        return RunPlanner.recovery(reliability, RunPlanner.checkpoint(reliability, compute));
    }

    /** The share of stops in which the job waits for another node. */
    private double replacedShare() {
        double gpus = (double) compute.jobGpus();
        double stops = reliability.profile().stopsPerHour(gpus);
        boolean waits = reliability.recovery() != RecoveryPolicy.ELASTIC;
        return waits && stops > 0 ? reliability.profile().nodeLossesPerHour(gpus) / stops : 0;
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

    private KeptTime kept(Formula.Draw draw) {
        Disturbances disturbances = RunPlanner.disturbances(reliability);
        RecoveryPlan recovery = recovery();
        FailureProfile profile = reliability.profile();
        double gpus = (double) compute.jobGpus();
        double stops = profile.stopsPerHour(gpus);
        double corrupted = profile.stopsPerHour(FaultEffect.SILENT_CORRUPTION, gpus);
        double plannedSeconds =
                reliability.stallSeconds()
                        + RunPlanner.checkpoint(reliability, compute).writeSeconds()
                        + disturbances.planned().pause().meanSeconds()
                        + recovery.connect().meanSeconds()
                        + recovery.load().meanSeconds();
        return new KeptTime(
                effective(draw),
                disturbances.planned().perDay(),
                plannedSeconds,
                stops > 0 ? corrupted / stops * draw.get("stops per hour") : 0,
                disturbances.corruptionDelayHours());
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
                : faultFree / (kept(draw).share() * speedUnderCap);
    }
}
