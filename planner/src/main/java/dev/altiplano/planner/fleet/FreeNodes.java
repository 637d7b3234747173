package dev.altiplano.planner.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nodes that can take work, by pod and rack; placement takes them out as it goes. A node is here if
 * its state takes work and nobody has it.
 */
final class FreeNodes {
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    /** Leaves {@code taken} out, by name. */
    FreeNodes(Inventory inventory, Set<String> taken) {
        for (Node node : inventory.nodes()) {
            if (node.state().takesWork() && !taken.contains(node.name())) {
                pods.computeIfAbsent(node.pod(), Pod::new).add(node);
            }
        }
    }

    List<Pod> pods() {
        return new ArrayList<>(pods.values());
    }

    int largestPod() {
        return pods.values().stream().mapToInt(Pod::free).max().orElse(0);
    }

    /** Blocks of {@code nodesPerBlock} that there are room for, each inside one pod. */
    int blocks(int nodesPerBlock) {
        return pods.values().stream().mapToInt(pod -> pod.free() / nodesPerBlock).sum();
    }

    /** How many blocks of 1, 2, 4, 8 … nodes each size alone would find, up to the largest pod. */
    Map<Integer, Integer> blocksBySize() {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int size = 1; size > 0 && size <= largestPod(); size *= 2) {
            counts.put(size, blocks(size));
        }
        return counts;
    }

    /** The free nodes of one pod. */
    static final class Pod {
        private final String name;
        private final Map<String, Deque<Node>> racks = new LinkedHashMap<>();
        private int free;

        Pod(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        int free() {
            return free;
        }

        private void add(Node node) {
            racks.computeIfAbsent(node.rack(), rack -> new ArrayDeque<>()).add(node);
            free++;
        }

        /**
         * Takes {@code count} nodes: from one rack if one has them, the tightest such; else from
         * the fullest racks on.
         */
        List<Node> take(int count) {
            assert count <= free : count + " of " + free;
            List<Node> taken = new ArrayList<>();
            List<Deque<Node>> bySize = new ArrayList<>(racks.values());
            bySize.sort(Comparator.comparingInt(Deque::size));
            for (Deque<Node> rack : bySize) {
                if (rack.size() >= count) {
                    moveTo(taken, rack, count);
                    return taken;
                }
            }
            for (Deque<Node> rack : bySize.reversed()) {
                moveTo(taken, rack, count - taken.size());
            }
            return taken;
        }

        private void moveTo(List<Node> taken, Deque<Node> rack, int count) {
            for (int i = 0; i < count && !rack.isEmpty(); i++) {
                taken.add(rack.removeFirst());
                free--;
            }
        }
    }
}
