package dev.altiplano.planner.step;

/**
 * What communication gets in practice, per rank and direction.
 *
 * @param linkBytesPerSecond inside a node
 * @param linkLatencySeconds one hop inside a node
 * @param networkBytesPerSecond between nodes
 * @param networkLatencySeconds one hop between nodes
 */
public record LinkRates(
        double linkBytesPerSecond,
        double linkLatencySeconds,
        double networkBytesPerSecond,
        double networkLatencySeconds) {

    /** The rates of a machine, with the shares of them that the constants allow. */
    public static LinkRates of(
            AcceleratorSpec accelerator, FabricSpec fabric, StepConstants constants) {
        return new LinkRates(
                constants.linkShare() * accelerator.linkBytesPerSecond() / 2,
                fabric.linkLatencySeconds(),
                constants.networkShare() * fabric.nicBytesPerSecond(),
                fabric.networkLatencySeconds());
    }
}
