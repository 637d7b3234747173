package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * The network between accelerators.
 *
 * @param nodeName name of the node type, for messages
 * @param nodeGpus accelerators of a node
 * @param linkDomainGpus accelerators that reach each other over the fast link (8, or 72)
 * @param podGpus accelerators at full bisection
 * @param oversubscription how much less bandwidth leaves a pod, 1 = none
 * @param nicBytesPerSecond network rate per accelerator and direction
 * @param linkLatencySeconds latency of one hop inside a node
 * @param networkLatencySeconds latency of one hop between nodes
 */
public record FabricSpec(
        String nodeName,
        int nodeGpus,
        int linkDomainGpus,
        int podGpus,
        double oversubscription,
        double nicBytesPerSecond,
        double linkLatencySeconds,
        double networkLatencySeconds) {
    /** Assumed; a hop inside a node. */
    public static final double LINK_LATENCY_SECONDS = 5e-6;

    /** Assumed; a hop between nodes. */
    public static final double NETWORK_LATENCY_SECONDS = 20e-6;

    public FabricSpec {
        Checks.range("GPUs per node", nodeGpus, 1, 100_000);
        Checks.range("GPUs per link domain", linkDomainGpus, 1, 10_000_000);
        Checks.range("GPUs per pod", podGpus, 1, 10_000_000);
        if (!(oversubscription >= 1) || Double.isInfinite(oversubscription)) {
            throw new IllegalArgumentException(
                    "oversubscription %s is below 1".formatted(oversubscription));
        }
        Checks.positive("network rate", nicBytesPerSecond);
        Checks.notNegative("link latency", linkLatencySeconds);
        Checks.notNegative("network latency", networkLatencySeconds);
    }

    /** Nodes of eight at full bisection, however many there are. */
    public static FabricSpec flat(String nodeName, int nodeGpus, double nicBytesPerSecond) {
        return new FabricSpec(
                nodeName,
                nodeGpus,
                nodeGpus,
                10_000_000,
                1,
                nicBytesPerSecond,
                LINK_LATENCY_SECONDS,
                NETWORK_LATENCY_SECONDS);
    }
}
