package dev.altiplano.planner.fleet;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All nodes of a cluster, in the order of their file. Names are unique. */
public final class Inventory {
    private final List<Node> nodes;
    private final Map<String, Node> byName = new LinkedHashMap<>();

    public Inventory(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        for (Node node : this.nodes) {
            if (byName.put(node.name(), node) != null) {
                throw new IllegalArgumentException("node " + node.name() + " stands twice");
            }
        }
    }

    /**
     * A healthy cluster of equal pods, for plans without an inventory: node {@code n0}, rack {@code
     * r0}, pod {@code p0} and on.
     */
    public static Inventory uniform(int nodeCount, int nodesPerRack, int nodesPerPod) {
        Node[] nodes = new Node[nodeCount];
        for (int i = 0; i < nodeCount; i++) {
            nodes[i] = Node.at("n" + i, "r" + i / nodesPerRack, "p" + i / nodesPerPod);
        }
        return new Inventory(List.of(nodes));
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Optional<Node> node(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Nodes in each state, every state listed. */
    public Map<NodeState, Integer> countByState() {
        Map<NodeState, Integer> counts = new EnumMap<>(NodeState.class);
        for (NodeState state : NodeState.values()) {
            counts.put(state, 0);
        }
        nodes.forEach(node -> counts.merge(node.state(), 1, Integer::sum));
        return counts;
    }

    /** The same cluster with {@code names} in {@code state}. */
    public Inventory withState(Set<String> names, NodeState state) {
        return new Inventory(
                nodes.stream()
                        .map(node -> names.contains(node.name()) ? node.withState(state) : node)
                        .toList());
    }

    /** Names of nodes that must not be given work, in order: for a scheduler's exclude list. */
    public List<String> excluded() {
        return nodes.stream().filter(node -> !node.state().takesWork()).map(Node::name).toList();
    }
}
