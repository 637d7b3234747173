package dev.altiplano.planner;

import dev.altiplano.planner.input.ClusterInput;
import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.input.ReliabilityInput;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.reliability.CheckpointCost;
import dev.altiplano.planner.simulation.CheckpointPlan;
import dev.altiplano.planner.simulation.Disturbances;
import dev.altiplano.planner.simulation.FleetShape;
import dev.altiplano.planner.simulation.RecoveryPlan;
import dev.altiplano.planner.simulation.RunInput;
import dev.altiplano.planner.simulation.Work;
import java.util.OptionalDouble;

/** Hands a plan to the simulator: the run is made of the plan's own answers. */
public final class RunPlanner {
    private final PlanInput input;
    private final ComputePlan compute;
    private final FailurePlan failures;
    private final LayoutPlan layout;
    private final SitePower site;

    private RunPlanner(Plan plan) {
        this.input = plan.input();
        this.compute = plan.compute();
        this.failures = plan.failures();
        this.layout = plan.layout();
        this.site = SitePower.of(plan);
    }

    /** The run until all tokens are trained on. */
    public static RunInput untilDone(Plan plan) {
        return new RunPlanner(plan).run(OptionalDouble.empty());
    }

    /** The run cut after {@code days}, however far it comes. */
    public static RunInput ofDays(Plan plan, double days) {
        return new RunPlanner(plan).run(OptionalDouble.of(days));
    }

    private RunInput run(OptionalDouble days) {
        if (compute.speedIncludesStops()) {
            throw new PlannerException(
                    Problem.of(
                                    ErrorCode.E005,
                                    "measured.gpu_hours already hold the stops, so there is no"
                                            + " fault-free speed to simulate")
                            .hinting("give measured.tokens_per_gpu or a layout"));
        }
        Work work = work(days);
        FleetShape fleet = fleet();
        double runGpus = (double) fleet.nodes() * fleet.gpusPerNode();
        return new RunInput(
                fleet,
                work,
                input.reliability().profile(),
                recovery(input.reliability(), checkpoint()),
                CheckpointPlan.ofSeconds(
                        failures.effective().intervalSeconds(),
                        failures.effective().stallSeconds(),
                        checkpoint().writeSeconds(),
                        work),
                disturbances(input.reliability()),
                SimulatedPower.of(input, site, runGpus),
                input.seed());
    }

    private FleetShape fleet() {
        ClusterInput cluster = input.cluster();
        int gpusPerNode = cluster.node().gpus();
        int rack = (int) Math.max(1, cluster.rackGpus() / gpusPerNode);
        int pod = Math.max(rack, cluster.fabric().podGpus() / gpusPerNode);
        return new FleetShape(
                gpusPerNode,
                jobNodes(input, compute),
                failures.spareNodes(),
                rack,
                pod,
                replicas(input, layout, compute));
    }

    private static int jobNodes(PlanInput input, ComputePlan compute) {
        int gpusPerNode = input.cluster().node().gpus();
        return Math.toIntExact(Math.ceilDiv(compute.jobGpus(), gpusPerNode));
    }

    /** Groups of nodes that an elastic job can go on without; those below a node fail with it. */
    static int replicas(PlanInput input, LayoutPlan layout, ComputePlan compute) {
        int jobNodes = jobNodes(input, compute);
        int dp = layout.chosen().map(c -> c.layout().dp()).orElse(1);
        int whole = Math.min(dp, jobNodes);
        return jobNodes % whole == 0 ? whole : 1;
    }

    private Work work(OptionalDouble days) {
        long tokensPerStep = tokensPerStep(input, layout);
        double stepSeconds = tokensPerStep / compute.tokensPerSecond().likely();
        return days.isPresent()
                ? Work.ofDays(days.getAsDouble(), tokensPerStep, stepSeconds)
                : Work.ofTokens(input.training().tokens(), tokensPerStep, stepSeconds);
    }

    static long tokensPerStep(PlanInput input, LayoutPlan layout) {
        return layout.chosen()
                .map(c -> c.batchSequences() * input.training().spec().sequenceTokens())
                .orElse(input.training().batchMaxTokens());
    }

    private CheckpointCost checkpoint() {
        return checkpoint(input.reliability(), compute);
    }

    static CheckpointCost checkpoint(ReliabilityInput reliability, ComputePlan compute) {
        return new CheckpointCost(
                compute.parameters(),
                reliability.checkpointBytesPerParameter(),
                reliability.storageBytesPerSecond(),
                (double) compute.jobGpus());
    }

    static Disturbances disturbances(ReliabilityInput reliability) {
        return Disturbances.defaults(reliability.profile())
                .withCorruptionDelay(reliability.corruptionDelayHours());
    }

    /** The one time that the plan gives, or the sum of its parts. */
    static RecoveryPlan recovery(ReliabilityInput reliability, CheckpointCost checkpoint) {
        return reliability
                .restartSeconds()
                .map(seconds -> RecoveryPlan.constant(reliability.recovery(), seconds))
                .orElseGet(
                        () ->
                                RecoveryPlan.defaults(
                                        reliability.recovery(), checkpoint.loadSeconds()));
    }
}
