package dev.altiplano.planner.simulation;

import dev.altiplano.planner.fleet.Nearness;
import dev.altiplano.planner.fleet.NodeState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.function.IntConsumer;

/**
 * Nodes, and the slots of the job that they stand in. Slot s belongs to replica {@code s /
 * nodesPerReplica}; a replica is whole if every slot has a node that serves. Node n stands in rack
 * {@code n / nodesPerRack} and pod {@code n / nodesPerPod}.
 */
final class NodePool {
    private static final int VACANT = -1;

    private final FleetShape shape;
    private final NodeState[] states;
    private final int[] slotOfNode;
    private final int[] nodeOfSlot;
    private final int[] homeOfSlot;
    private final BitSet spares = new BitSet();
    private final BitSet vacancies = new BitSet();
    private final BitSet joining = new BitSet();
    private final int[] sparesInPod;
    private final int[] missingInReplica;
    private final EnumMap<Nearness, Integer> swaps = new EnumMap<>(Nearness.class);
    private int wholeReplicas;
    private int spareCount;
    private int suspectCount;
    private int workingCount;
    private int awayCount;

    NodePool(FleetShape shape) {
        this.shape = shape;
        states = new NodeState[shape.nodes()];
        slotOfNode = new int[shape.nodes()];
        nodeOfSlot = new int[shape.jobNodes()];
        homeOfSlot = new int[shape.jobNodes()];
        sparesInPod = new int[pod(shape.nodes() - 1) + 1];
        missingInReplica = new int[shape.replicas()];
        wholeReplicas = shape.replicas();
        Arrays.fill(states, NodeState.ACTIVE);
        Arrays.fill(slotOfNode, VACANT);
        count(NodeState.ACTIVE, shape.nodes());
        placeSpares();
        placeJob();
    }

    private void placeSpares() {
        for (int i = 0; i < shape.spareNodes(); i++) {
            int node = (int) ((2L * i + 1) * shape.nodes() / (2L * shape.spareNodes()));
            setState(node, NodeState.SPARE);
        }
    }

    private void placeJob() {
        int node = 0;
        for (int slot = 0; slot < shape.jobNodes(); slot++) {
            node = spares.nextClearBit(node);
            nodeOfSlot[slot] = node;
            homeOfSlot[slot] = node;
            slotOfNode[node++] = slot;
        }
    }

    /** Takes the node out of its slot, if it has one, and out of service. */
    void remove(int node, NodeState newState) {
        int slot = slotOfNode[node];
        setState(node, newState);
        if (slot != VACANT) {
            slotOfNode[node] = VACANT;
            nodeOfSlot[slot] = VACANT;
            vacancies.set(slot);
            if (joining.get(slot)) {
                joining.clear(slot);
            } else if (missingInReplica[replicaOf(slot)]++ == 0) {
                wholeReplicas--;
            }
        }
    }

    void becomeSpare(int node) {
        setState(node, NodeState.SPARE);
    }

    void suspect(int node) {
        setState(node, NodeState.SUSPECT);
    }

    /**
     * Puts the nearest spare into each vacant slot as far as there are spares, and calls {@code
     * filled} with the slot. None serves yet.
     */
    void fillVacancies(IntConsumer filled) {
        for (int slot = vacancies.nextSetBit(0);
                slot >= 0 && !spares.isEmpty();
                slot = vacancies.nextSetBit(slot + 1)) {
            int node = nearestSpare(homeOfSlot[slot]);
            swaps.merge(nearness(node, homeOfSlot[slot]), 1, Integer::sum);
            setState(node, NodeState.ACTIVE);
            nodeOfSlot[slot] = node;
            slotOfNode[node] = slot;
            vacancies.clear(slot);
            joining.set(slot);
            filled.accept(slot);
        }
    }

    /** The node in {@code slot} works from now on. */
    void serve(int slot) {
        joining.clear(slot);
        if (--missingInReplica[replicaOf(slot)] == 0) {
            wholeReplicas++;
        }
    }

    void serveAll() {
        for (int slot = joining.nextSetBit(0); slot >= 0; slot = joining.nextSetBit(slot + 1)) {
            serve(slot);
        }
    }

    boolean isJoining(int slot, int node) {
        return joining.get(slot) && nodeOfSlot[slot] == node;
    }

    boolean hasNode(int slot) {
        return nodeOfSlot[slot] != VACANT;
    }

    int node(int slot) {
        return nodeOfSlot[slot];
    }

    boolean isInJob(int node) {
        return slotOfNode[node] != VACANT;
    }

    boolean hasVacancies() {
        return !vacancies.isEmpty();
    }

    boolean hasSpares() {
        return !spares.isEmpty();
    }

    NodeState state(int node) {
        return states[node];
    }

    int spares() {
        return spareCount;
    }

    int suspects() {
        return suspectCount;
    }

    /** Active and suspect nodes. */
    int working() {
        return workingCount;
    }

    /** Nodes in repair and dead ones. */
    int away() {
        return awayCount;
    }

    int wholeReplicas() {
        return wholeReplicas;
    }

    int rack(int node) {
        return node / shape.nodesPerRack();
    }

    private int pod(int node) {
        return node / shape.nodesPerPod();
    }

    int firstNodeOfRack(int rack) {
        return rack * shape.nodesPerRack();
    }

    int endOfRack(int rack) {
        return (int) Math.min(shape.nodes(), (rack + 1L) * shape.nodesPerRack());
    }

    int swaps(Nearness nearness) {
        return swaps.getOrDefault(nearness, 0);
    }

    private int replicaOf(int slot) {
        return slot / shape.nodesPerReplica();
    }

    private int nearestSpare(int home) {
        int inRack = firstSpare(home, shape.nodesPerRack());
        if (inRack >= 0) {
            return inRack;
        }
        int inPod = firstSpare(home, shape.nodesPerPod());
        return inPod >= 0 ? inPod : spares.nextSetBit(richestPod() * shape.nodesPerPod());
    }

    /** The pod with most spares, the first of several. */
    private int richestPod() {
        int richest = 0;
        for (int pod = 1; pod < sparesInPod.length; pod++) {
            if (sparesInPod[pod] > sparesInPod[richest]) {
                richest = pod;
            }
        }
        return richest;
    }

    /** The first spare in the group of {@code size} nodes around {@code home}, or -1. */
    private int firstSpare(int home, int size) {
        int group = home / size;
        int node = spares.nextSetBit(group * size);
        return node >= 0 && node / size == group ? node : -1;
    }

    private Nearness nearness(int node, int home) {
        if (rack(node) == rack(home)) {
            return Nearness.SAME_RACK;
        }
        return pod(node) == pod(home) ? Nearness.SAME_POD : Nearness.OTHER_POD;
    }

    private void setState(int node, NodeState state) {
        count(states[node], -1);
        count(state, 1);
        states[node] = state;
        boolean wasSpare = spares.get(node);
        boolean isSpare = state == NodeState.SPARE;
        spares.set(node, isSpare);
        sparesInPod[pod(node)] += (isSpare ? 1 : 0) - (wasSpare ? 1 : 0);
    }

    /**
     * {@code change} more nodes are in {@code state}. Asked for at every event, hence not a map.
     */
    private void count(NodeState state, int change) {
        switch (state) {
            case ACTIVE -> workingCount += change;
            case SUSPECT -> {
                workingCount += change;
                suspectCount += change;
            }
            case SPARE -> spareCount += change;
            case REPAIR, DEAD -> awayCount += change;
            case DRAINED -> {}
        }
    }
}
