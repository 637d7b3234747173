package dev.altiplano.planner.fleet;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * What a job needs of the cluster: equal blocks, each one data-parallel replica of TP x (next
 * dimension) x the rest of PP, CP and EP.
 *
 * @param tensorParallel GPUs that must share a node
 * @param groupGpus TP times the next dimension: rather in one rack
 * @param blockGpus all dimensions but DP: in one pod
 * @param replicas DP: may span pods
 * @param gpusPerNode of the cluster
 * @param gradientBytes of one GPU, all-reduced over the replicas in each step
 */
public record JobShape(
        String name,
        int tensorParallel,
        int groupGpus,
        int blockGpus,
        int replicas,
        int gpusPerNode,
        double gradientBytes) {
    public JobShape {
        if (tensorParallel < 1 || replicas < 1 || gpusPerNode < 1 || blockGpus < 1) {
            throw refused(name, "degrees of 1 or more");
        }
        if (tensorParallel > gpusPerNode) {
            throw new PlannerException(
                    ErrorCode.E104,
                    "job %s: tp %d is larger than the %d GPUs of a node"
                            .formatted(name, tensorParallel, gpusPerNode));
        }
        if (groupGpus % tensorParallel != 0 || blockGpus % groupGpus != 0) {
            throw refused(name, "a block that is a multiple of a group, a group of tp");
        }
        boolean dividesNode = blockGpus < gpusPerNode && gpusPerNode % blockGpus == 0;
        if (blockGpus % gpusPerNode != 0 && !dividesNode) {
            throw refused(name, "a block of whole nodes, or one that divides a node");
        }
    }

    /** The same job with another number of replicas. */
    public JobShape withReplicas(int count) {
        return new JobShape(
                name, tensorParallel, groupGpus, blockGpus, count, gpusPerNode, gradientBytes);
    }

    public int nodesPerBlock() {
        return Math.max(1, blockGpus / gpusPerNode);
    }

    /** Replicas that share one block of nodes: more than one only if a replica is below a node. */
    public int replicasPerBlock() {
        return Math.max(1, gpusPerNode / blockGpus);
    }

    public int nodesPerGroup() {
        return Math.max(1, Math.ceilDiv(groupGpus, gpusPerNode));
    }

    public int blocks() {
        return Math.ceilDiv(replicas, replicasPerBlock());
    }

    public int nodes() {
        return blocks() * nodesPerBlock();
    }

    private static PlannerException refused(String name, String expected) {
        return new PlannerException(
                ErrorCode.E101, "job %s: expected %s".formatted(name, expected));
    }
}
