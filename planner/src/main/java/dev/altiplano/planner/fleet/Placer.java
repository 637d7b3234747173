package dev.altiplano.planner.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gang placement: all blocks of a job or none. Tensor parallelism lies inside a node, the next
 * dimension rather inside a rack, a block inside a pod, replicas across pods. Fewest pods are
 * taken, since traffic above them grows with their number; among equals the tightest fit.
 */
public final class Placer {
    private final Inventory inventory;
    private final Set<String> taken = new HashSet<>();

    public Placer(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Marks nodes as not to be used. */
    public void take(Set<String> names) {
        taken.addAll(names);
    }

    public void release(Set<String> names) {
        taken.removeAll(names);
    }

    /** Places the job and takes its nodes, if there is room for all of it. */
    public Optional<Placement> place(JobShape job) {
        FreeNodes free = new FreeNodes(inventory, taken);
        if (free.blocks(job.nodesPerBlock()) < job.blocks()) {
            return Optional.empty();
        }
        Builder builder = new Builder(job);
        int left = job.blocks();
        while (left > 0) {
            FreeNodes.Pod pod = choosePod(free, job.nodesPerBlock(), left);
            int here = Math.min(left, pod.free() / job.nodesPerBlock());
            for (int i = 0; i < here; i++) {
                builder.addBlock(pod);
            }
            left -= here;
        }
        Placement placement = builder.placement();
        placement.nodes().forEach(node -> taken.add(node.name()));
        return Optional.of(placement);
    }

    /** The tightest pod that holds all that is left; else the one with most blocks. */
    private static FreeNodes.Pod choosePod(FreeNodes free, int nodesPerBlock, int blocks) {
        Comparator<FreeNodes.Pod> byBlocks =
                Comparator.comparingInt(pod -> pod.free() / nodesPerBlock);
        return free.pods().stream()
                .filter(pod -> pod.free() / nodesPerBlock >= blocks)
                .min(Comparator.comparingInt(FreeNodes.Pod::free))
                .orElseGet(() -> free.pods().stream().max(byBlocks).orElseThrow());
    }

    /** Free blocks of 1, 2, 4 … nodes inside pods: size to count. Each size counts alone. */
    public Map<Integer, Integer> freeBlocksBySize() {
        return new FreeNodes(inventory, taken).blocksBySize();
    }

    /** The job with as many replicas as there is room for now; empty if there is none for one. */
    public Optional<JobShape> largest(JobShape job) {
        int blocks = new FreeNodes(inventory, taken).blocks(job.nodesPerBlock());
        return blocks == 0
                ? Optional.empty()
                : Optional.of(job.withReplicas(blocks * job.replicasPerBlock()));
    }

    /**
     * Sets {@code count} free nodes aside as spares, over the pods in proportion to their free
     * nodes, and takes them. Fewer if there are not so many.
     */
    public List<Node> spreadSpares(int count) {
        FreeNodes free = new FreeNodes(inventory, taken);
        List<FreeNodes.Pod> pods = free.pods();
        int all = pods.stream().mapToInt(FreeNodes.Pod::free).sum();
        int wanted = Math.min(count, all);
        List<Node> spares = new ArrayList<>();
        long before = 0;
        // Shares of a running sum: each pod gets its part rounded, and the parts add up exactly.
        for (FreeNodes.Pod pod : pods) {
            long upTo = before + pod.free();
            int here = (int) (share(upTo, wanted, all) - share(before, wanted, all));
            before = upTo;
            spares.addAll(pod.take(here));
        }
        spares.forEach(node -> taken.add(node.name()));
        return spares;
    }

    private static long share(long nodes, int wanted, int all) {
        return all == 0 ? 0 : Math.floorDiv(2 * nodes * wanted + all, 2L * all);
    }

    /** The nearest free spare for {@code failed}: same rack, then same pod, then any. */
    public static Optional<Node> nearest(Node failed, List<Node> spares) {
        Map<Nearness, Node> best = new LinkedHashMap<>();
        spares.forEach(spare -> best.putIfAbsent(Nearness.between(failed, spare), spare));
        for (Nearness nearness : Nearness.values()) {
            Node spare = best.get(nearness);
            if (spare != null) {
                return Optional.of(spare);
            }
        }
        return Optional.empty();
    }

    /** Collects the blocks of one job. */
    private static final class Builder {
        private final JobShape job;
        private final List<Placement.Block> blocks = new ArrayList<>();
        private int groupsAcrossRacks;

        Builder(JobShape job) {
            this.job = job;
        }

        void addBlock(FreeNodes.Pod pod) {
            List<Node> nodes = new ArrayList<>();
            while (nodes.size() < job.nodesPerBlock()) {
                int size = Math.min(job.nodesPerGroup(), job.nodesPerBlock() - nodes.size());
                List<Node> group = pod.take(size);
                if (group.stream().map(Node::rack).distinct().count() > 1) {
                    groupsAcrossRacks++;
                }
                nodes.addAll(group);
            }
            blocks.add(new Placement.Block(pod.name(), nodes));
        }

        Placement placement() {
            return new Placement(job, blocks, groupsAcrossRacks);
        }
    }
}
