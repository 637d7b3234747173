package dev.altiplano.planner.fleet;

/**
 * What a swap adds to every step until the node comes back, by how far the spare stands.
 *
 * @param messagesPerStep that the node exchanges with the rest of its block
 * @param bytesPerStep of them, through one GPU's network interface
 * @param hopSeconds latency of one more switch layer
 * @param nicBytesPerSecond of one GPU
 * @param oversubscription of the layer above the pods: 7 where it has a seventh of the bandwidth
 */
public record SwapCost(
        double messagesPerStep,
        double bytesPerStep,
        double hopSeconds,
        double nicBytesPerSecond,
        double oversubscription) {

    /** Zero in the rack; one more hop in the pod; above it two, and a share of the bandwidth. */
    public double stepSeconds(Nearness nearness) {
        return switch (nearness) {
            case SAME_RACK -> 0;
            case SAME_POD -> messagesPerStep * hopSeconds;
            case OTHER_POD ->
                    messagesPerStep * 2 * hopSeconds
                            + bytesPerStep * (oversubscription - 1) / nicBytesPerSecond;
        };
    }
}
