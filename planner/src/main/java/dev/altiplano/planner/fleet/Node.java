package dev.altiplano.planner.fleet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row of the inventory.
 *
 * @param serials of the node's accelerators as the owner writes them; may be empty
 * @param ageDays in service
 * @param faultsByCause counted since then
 * @param lastTest date of the last acceptance test as the owner writes it; may be empty
 */
public record Node(
        String name,
        String rack,
        String pod,
        String accelerator,
        String serials,
        NodeState state,
        double ageDays,
        Map<String, Integer> faultsByCause,
        String lastTest,
        String firmware) {
    public Node {
        faultsByCause = Collections.unmodifiableMap(new TreeMap<>(faultsByCause));
    }

    /** A healthy node of which nothing but its place is known. */
    public static Node at(String name, String rack, String pod) {
        return new Node(name, rack, pod, "", "", NodeState.ACTIVE, 0, Map.of(), "", "");
    }

    public Node withState(NodeState newState) {
        return new Node(
                name,
                rack,
                pod,
                accelerator,
                serials,
                newState,
                ageDays,
                faultsByCause,
                lastTest,
                firmware);
    }

    /** The same node with its time in service and its faults. */
    public Node withHistory(double days, Map<String, Integer> faults) {
        return new Node(
                name, rack, pod, accelerator, serials, state, days, faults, lastTest, firmware);
    }

    public int faults() {
        return faultsByCause.values().stream().mapToInt(Integer::intValue).sum();
    }
}
