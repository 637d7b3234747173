package dev.altiplano.planner.simulation;

import dev.altiplano.planner.fleet.NodeState;

/** Nodes that leave, and their way back to the spares. */
final class Repairs {
    private final RunState state;
    private final EventQueue queue;
    private final Draws draws;

    Repairs(RunState state, EventQueue queue, Draws draws) {
        this.state = state;
        this.queue = queue;
        this.draws = draws;
    }

    /** To the workshop: back after parts or a reset, or never. */
    void send(int node) {
        Draws.Repair repair = draws.repair(node);
        state.countRepair();
        if (repair.isDead()) {
            state.nodes.remove(node, NodeState.DEAD);
        } else {
            sendFor(node, repair.micros());
        }
    }

    /** The node's cable is changed. */
    void mendLink(int node) {
        state.countRepair();
        sendFor(node, draws.linkRepairMicros(node));
    }

    /** All nodes of the rack that are in service are dark for a time. */
    void darkenRack(int rack) {
        long micros = draws.outageMicros(rack);
        int end = state.nodes.endOfRack(rack);
        for (int node = state.nodes.firstNodeOfRack(rack); node < end; node++) {
            NodeState nodeState = state.nodes.state(node);
            if (nodeState != NodeState.REPAIR && nodeState != NodeState.DEAD) {
                sendFor(node, micros);
            }
        }
    }

    void repaired(int node) {
        state.nodes.becomeSpare(node);
    }

    private void sendFor(int node, long micros) {
        state.nodes.remove(node, NodeState.REPAIR);
        queue.add(Times.after(state.nowMicros(), micros), EventKind.NODE_REPAIRED, node, 0);
    }
}
