package dev.altiplano.planner;

import dev.altiplano.planner.input.PlanInput;
import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;
import dev.altiplano.planner.reliability.Spares;
import dev.altiplano.planner.simulation.RecoveryPlan.RepairPlan;

/**
 * Nodes kept free for failures.
 *
 * @param nodes spare nodes
 * @param gpusPerNode accelerators of one
 * @param usableGpus accelerators that are left for the job
 */
record SparePlan(int nodes, int gpusPerNode, long usableGpus) {

    /** As the plan says, or as many as keep the chance of running out at the default. */
    static SparePlan of(PlanInput input) {
        long gpus = input.cluster().gpus();
        int gpusPerNode = input.cluster().node().gpus();
        int nodes = input.cluster().spareNodes().orElseGet(() -> needed(input));
        long usable = gpus - (long) nodes * gpusPerNode;
        if (usable < 1) {
            throw new PlannerException(
                    ErrorCode.E005,
                    "%d spare nodes leave nothing of %d GPUs".formatted(nodes, gpus));
        }
        return new SparePlan(nodes, gpusPerNode, usable);
    }

    private static int needed(PlanInput input) {
        double lossesPerHour =
                input.reliability().profile().nodeLossesPerHour((double) input.cluster().gpus());
        return Spares.needed(lossesPerHour, RepairPlan.DEFAULT.meanHours(), Spares.DEFAULT_EPSILON);
    }
}
