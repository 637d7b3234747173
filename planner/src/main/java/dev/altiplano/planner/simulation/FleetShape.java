package dev.altiplano.planner.simulation;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.PlannerException;

/**
 * The nodes of a run and where they stand. Nodes are numbered through racks and pods; spares are
 * spread evenly over them.
 *
 * @param replicas equal groups of nodes that a job can go on without: the data-parallel degree, or
 *     1; divides {@code jobNodes}
 */
public record FleetShape(
        int gpusPerNode,
        int jobNodes,
        int spareNodes,
        int nodesPerRack,
        int nodesPerPod,
        int replicas) {
    /** Ten million GPUs in hosts of one, and as many spares. */
    public static final int NODES_MAX = 10_000_000;

    public FleetShape {
        if (gpusPerNode < 1 || jobNodes < 1 || spareNodes < 0) {
            throw refused("GPUs per node and job nodes from 1, spares from 0");
        }
        if (jobNodes > NODES_MAX || spareNodes > NODES_MAX || gpusPerNode > NODES_MAX / jobNodes) {
            throw refused("at most %d GPUs and as many spare nodes".formatted(NODES_MAX));
        }
        if (nodesPerRack < 1 || nodesPerPod < nodesPerRack) {
            throw refused("racks of 1 node or more, pods of one rack or more");
        }
        if (replicas < 1 || jobNodes % replicas != 0) {
            throw refused(
                    "replicas that divide the %d job nodes, found %d"
                            .formatted(jobNodes, replicas));
        }
    }

    /** The same fleet with another number of spares. */
    public FleetShape withSpares(int spares) {
        return new FleetShape(gpusPerNode, jobNodes, spares, nodesPerRack, nodesPerPod, replicas);
    }

    public int gpus() {
        return jobNodes * gpusPerNode;
    }

    public int nodes() {
        return jobNodes + spareNodes;
    }

    public int nodesPerReplica() {
        return jobNodes / replicas;
    }

    private static PlannerException refused(String expected) {
        return new PlannerException(ErrorCode.E401, "fleet of the run: expected " + expected);
    }
}
