package dev.altiplano.planner.fleet;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a job stands.
 *
 * @param blocks in the order of the data-parallel ranks, pod by pod
 * @param groupsAcrossRacks groups of the next dimension that did not fit one rack
 */
public record Placement(JobShape job, List<Block> blocks, int groupsAcrossRacks) {
    public Placement {
        blocks = List.copyOf(blocks);
    }

    public int pods() {
        return (int) blocks.stream().map(Block::pod).distinct().count();
    }

    public Stream<Node> nodes() {
        return blocks.stream().flatMap(block -> block.nodes().stream());
    }

    /**
     * Bytes per step over the layer above the pods: each GPU of a block has one ring over the
     * replicas, which crosses as many pod borders as there are pods and sends {@code 2 (D-1)/D}
     * times its gradients over each link.
     */
    public double bytesAbovePodsPerStep() {
        int pods = pods();
        double replicas = job.replicas();
        double perLink = 2 * (replicas - 1) / replicas * job.gradientBytes();
        return pods < 2 ? 0 : pods * perLink * job.blockGpus();
    }

    /** The nodes of one replica, or of the replicas that share a node; all in one pod. */
    public record Block(String pod, List<Node> nodes) {
        public Block {
            nodes = List.copyOf(nodes);
        }
    }
}
