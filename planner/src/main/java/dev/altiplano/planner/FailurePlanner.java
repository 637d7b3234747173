package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.ReliabilityInput;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
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
import dev.altiplano.planner.simulation.Disturbances;
import dev.altiplano.planner.simulation.RecoveryPlan;
import dev.altiplano.planner.simulation.RecoveryPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stops and what they cost, in closed form; the way back is that of the recovery policy. */
final class FailurePlanner {
    private static final Unit SECONDS = Unit.of("s");
    private static final Unit DAYS = Unit.of("d");
    private static final double SECONDS_PER_HOUR = 3_600;

    private final PlanInput input;
    private final ComputePlan compute;
    private final ReliabilityInput reliability;
    private final WayBack wayBack;
    private final double tokensPerStep;
    private final double speedUnderCap;

    private FailurePlanner(
            PlanInput input, LayoutPlan layout, ComputePlan compute, double speedUnderCap) {
        this.input = input;
        this.speedUnderCap = speedUnderCap;
        this.compute = compute;
        this.reliability = input.reliability();
        tokensPerStep = (double) RunPlanner.tokensPerStep(input, layout);
        wayBack = new WayBack(reliability, compute, RunPlanner.replicas(input, layout, compute));
    }

    /** {@code speedUnderCap} is the share of full speed that the site's cap leaves. */
    static FailurePlan plan(
            PlanInput input,
            LayoutPlan layout,
            ComputePlan compute,
            SparePlan spares,
            double speedUnderCap) {
        return new FailurePlanner(input, layout, compute, speedUnderCap).plan(spares);
    }

    private FailurePlan plan(SparePlan spares) {
        FailureProfile profile = reliability.profile();
        RateBand rates = RateBand.of(profile, (double) compute.jobGpus());
        Map<String, Quantity> inputs = new LinkedHashMap<>();
        inputs.put("tokens per second", compute.tokensPerSecond());
        Quantity stops = stops(rates, profile);
        inputs.put("stops per hour", stops);
        inputs.putAll(wayBack.parts());
        Formula.Draw likely = name -> inputs.getOrDefault(name, NOTHING).base();
        KeptTime kept = kept(likely);
        boolean asReported = compute.speedIncludesStops();
        Goodput goodput = asReported ? new Goodput(1, 1) : new Goodput(kept.share(), speed(likely));
        Estimate days = Propagation.of(inputs, DAYS, this::trainingSeconds);
        return new FailurePlan(rates, stops, spares.nodes(), kept, goodput, days);
    }

    private static final Quantity NOTHING =
            Quantity.exactly(0, SECONDS, Grade.DERIVED, "not part of this plan");

    private Quantity stops(RateBand rates, FailureProfile profile) {
        return new Quantity(
                rates.lowPerHour(),
                rates.likelyPerHour(),
                rates.highPerHour(),
                Unit.NONE,
                profile.grade(),
                profile.source(),
                "");
    }

    private boolean endsAtAStop() {
        return reliability.recovery() == RecoveryPolicy.NONE;
    }

    private double speed(Formula.Draw draw) {
        return speedUnderCap * wayBack.speed(draw);
    }

    private KeptTime kept(Formula.Draw draw) {
        Disturbances disturbances = RunPlanner.disturbances(reliability);
        RecoveryPlan recovery = wayBack.recovery();
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
                stops > 0 && !endsAtAStop() ? corrupted / stops * draw.get("stops per hour") : 0,
                disturbances.corruptionDelayHours());
    }

    /** Where the run ends at the first stop, no stop is part of a run that reaches its end. */
    private EffectiveTime effective(Formula.Draw draw) {
        double stops = draw.get("stops per hour");
        double rollbackMtti = secondsBetween(stops * (1 - wayBack.inPlaceShare()));
        double stall = reliability.stallSeconds();
        double interval = reliability.intervalSeconds().orElseGet(() -> best(stall, rollbackMtti));
        double step = tokensPerStep / draw.get("tokens per second");
        double restart = wayBack.restartSeconds(draw);
        return endsAtAStop()
                ? new EffectiveTime(Double.POSITIVE_INFINITY, restart, interval, stall)
                : new EffectiveTime(
                        secondsBetween(stops), restart, interval, stall, rollbackMtti, step);
    }

    private static double best(double stallSeconds, double mttiSeconds) {
        if (stallSeconds > 0) {
            return CheckpointInterval.dalySeconds(stallSeconds, mttiSeconds);
        }
        throw new PlannerException(
                Problem.of(
                                ErrorCode.E005,
                                "checkpoints that cost no time (stall 0 s) have no best interval")
                        .allowing("reliability.checkpoint.stall above 0, or an interval")
                        .hinting("--set reliability.checkpoint.interval=\"10 min\""));
    }

    private static double secondsBetween(double perHour) {
        return perHour > 0 ? SECONDS_PER_HOUR / perHour : Double.POSITIVE_INFINITY;
    }

    private double trainingSeconds(Formula.Draw draw) {
        double faultFree = input.training().tokens() / draw.get("tokens per second");
        return compute.speedIncludesStops()
                ? faultFree
                : faultFree / (kept(draw).share() * speed(draw));
    }
}
