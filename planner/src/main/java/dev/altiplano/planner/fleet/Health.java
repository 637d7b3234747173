package dev.altiplano.planner.fleet;

import java.util.Comparator;
import java.util.List;

/**
 * Which nodes fail more often than chance explains. The rate of a node is Gamma distributed with
 * shape 2 (assumed) and the profile's rate as mean; after {@code faults} in {@code node-days} its
 * posterior mean is {@code (2 + faults) / (2/rate + node-days)}.
 *
 * <p>A suspect's posterior mean is above five times the fleet's rate, and its faults are more than
 * luck gives: in a fleet of equal nodes at the fleet's rate less than 0.05 nodes are expected with
 * a record as unlikely. The second condition is what decides in a young fleet that does better than
 * its profile: there the prior alone holds every node above the fleet's rate, and says nothing
 * about any of them.
 *
 * @param priorPerDay the profile's stops per node-day, above zero
 * @param horizonDays over which stops saved are counted
 * @param testHours that the acceptance test of a drained node takes
 */
public record Health(double priorPerDay, double horizonDays, double testHours) {
    /** Shape of the prior (assumed). */
    public static final double SHAPE = 2;

    /** A node above this many times the fleet's rate is a suspect. */
    public static final double SUSPECT_RATIO = 5;

    /** Nodes of the fleet that may look as bad as a suspect by luck (assumed). */
    public static final double LUCKLESS_NODES = 0.05;

    public Health {
        boolean finite = priorPerDay < Double.POSITIVE_INFINITY;
        if (!(priorPerDay > 0 && horizonDays >= 0 && testHours >= 0) || !finite) {
            throw new IllegalArgumentException(
                    "expected a rate above zero, days and hours of 0 on");
        }
    }

    /** Expected stops per day of a node with this history. */
    public double posteriorPerDay(Node node) {
        return posterior(node.faults(), node.ageDays());
    }

    /** The same for all nodes in service together, per node-day. */
    public double fleetPerDay(Inventory inventory) {
        double faults = inventory.nodes().stream().mapToInt(Node::faults).sum();
        double days = inventory.nodes().stream().mapToDouble(Node::ageDays).sum();
        return posterior(faults, days);
    }

    /**
     * Nodes to drain and test, the worst first: no more than there are spares to take their places.
     */
    public List<Suspect> suspects(Inventory inventory) {
        double fleetPerDay = fleetPerDay(inventory);
        int spares = inventory.countByState().getOrDefault(NodeState.SPARE, 0);
        return allSuspects(inventory, fleetPerDay).stream().limit(spares).toList();
    }

    /** Every suspect, also those that the spares do not cover. */
    public List<Suspect> allSuspects(Inventory inventory) {
        return allSuspects(inventory, fleetPerDay(inventory));
    }

    private List<Suspect> allSuspects(Inventory inventory, double fleetPerDay) {
        return inventory.nodes().stream()
                .filter(node -> inService(node.state()))
                .filter(node -> posteriorPerDay(node) > SUSPECT_RATIO * fleetPerDay)
                .filter(node -> lucklessNodes(node, inventory, fleetPerDay) < LUCKLESS_NODES)
                .map(node -> suspect(node, fleetPerDay))
                .sorted(
                        Comparator.comparingDouble(Suspect::perDay)
                                .reversed()
                                .thenComparing(suspect -> suspect.node().name()))
                .toList();
    }

    /** Nodes that would have a record like this one's if all failed at the fleet's rate. */
    private static double lucklessNodes(Node node, Inventory inventory, double fleetPerDay) {
        double expectedFaults = fleetPerDay * node.ageDays();
        return inventory.nodes().size() * PoissonTail.atLeast(node.faults(), expectedFaults);
    }

    private Suspect suspect(Node node, double fleetPerDay) {
        double perDay = posteriorPerDay(node);
        double saved = (perDay - fleetPerDay) * horizonDays;
        return new Suspect(node, perDay, perDay / fleetPerDay, saved, testHours);
    }

    private double posterior(double faults, double days) {
        return (SHAPE + faults) / (SHAPE / priorPerDay + days);
    }

    private static boolean inService(NodeState state) {
        return state == NodeState.ACTIVE || state == NodeState.SUSPECT;
    }

    /**
     * A node proposed for drain.
     *
     * @param stopsSaved expected over the horizon if a spare of the fleet's rate takes its place
     * @param testNodeHours what the test costs
     */
    public record Suspect(
            Node node, double perDay, double ratio, double stopsSaved, double testNodeHours) {}
}
