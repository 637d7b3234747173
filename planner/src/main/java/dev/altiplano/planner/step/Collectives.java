package dev.altiplano.planner.step;

/**
 * Seconds of one collective: {@code bytes} in total, {@code ranks} that take part, rate per
 * direction and rank, latency of one hop. Pure functions; zero for a single rank.
 */
public final class Collectives {
    private Collectives() {}

    /** Ring all-reduce: {@code 2 (n-1)/n M/B + 2 (n-1) a}. */
    public static double ringAllReduce(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        return 2 * ringAllGather(bytes, ranks, bytesPerSecond, latencySeconds);
    }

    /** Ring all-gather or reduce-scatter: {@code (n-1)/n M/B + (n-1) a}. */
    public static double ringAllGather(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        return ranks <= 1
                ? 0
                : (ranks - 1) / ranks * bytes / bytesPerSecond + (ranks - 1) * latencySeconds;
    }

    /** Pipelined double tree: {@code 2 M/B + 2 ceil(log2 n) a}. */
    public static double treeAllReduce(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        double depth = Math.ceil(Math.log(ranks) / Math.log(2) - 1e-9);
        return ranks <= 1 ? 0 : 2 * bytes / bytesPerSecond + 2 * depth * latencySeconds;
    }

    /** The cheaper of ring and tree. */
    public static double allReduce(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        return Math.min(
                ringAllReduce(bytes, ranks, bytesPerSecond, latencySeconds),
                treeAllReduce(bytes, ranks, bytesPerSecond, latencySeconds));
    }

    /** All-to-all in n-1 rounds; {@code bytes} is what one rank holds. */
    public static double allToAll(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        return ringAllGather(bytes, ranks, bytesPerSecond, latencySeconds);
    }

    /** All-to-all over a full mesh: every pair has its own link, so one latency. */
    public static double meshAllToAll(
            double bytes, double ranks, double bytesPerSecond, double latencySeconds) {
        return ranks <= 1 ? 0 : (ranks - 1) / ranks * bytes / bytesPerSecond + latencySeconds;
    }

    /** Point to point: {@code M/B + a}. */
    public static double pointToPoint(double bytes, double bytesPerSecond, double latencySeconds) {
        return bytes / bytesPerSecond + latencySeconds;
    }

    /**
     * All-gather or reduce-scatter over nodes of {@code inner} ranks: all of it inside, the rest
     * between, each rank over its own rail.
     */
    public static double hierarchicalAllGather(
            double bytes, double ranks, double inner, LinkRates rates, double slowdown) {
        double inside = Math.max(1, Math.min(inner, ranks));
        return ringAllGather(bytes, inside, rates.linkBytesPerSecond(), rates.linkLatencySeconds())
                + ringAllGather(
                        bytes / inside,
                        ranks / inside,
                        rates.networkBytesPerSecond() / slowdown,
                        rates.networkLatencySeconds());
    }

    /** Reduce-scatter inside, the cheaper all-reduce between, all-gather inside. */
    public static double hierarchicalAllReduce(
            double bytes, double ranks, double inner, LinkRates rates, double slowdown) {
        double inside = Math.max(1, Math.min(inner, ranks));
        double between =
                allReduce(
                        bytes / inside,
                        ranks / inside,
                        rates.networkBytesPerSecond() / slowdown,
                        rates.networkLatencySeconds());
        double within =
                ringAllReduce(
                        bytes, inside, rates.linkBytesPerSecond(), rates.linkLatencySeconds());
        return within + between;
    }

    /**
     * How much slower a ring over ordered ranks gets above a pod: 2 of its {@code ranksPerPod}
     * links leave the pod, over uplinks that are {@code oversubscription} times thinner. They are
     * the bottleneck only when their share of the traffic exceeds their share of the bandwidth.
     */
    public static double ringSlowdown(double ranksPerPod, double oversubscription) {
        return Math.max(1, oversubscription * Math.min(1, 2 / Math.max(1, ranksPerPod)));
    }

    /** The same for an all-to-all, of which {@code 1 - pod/n} leaves the pod. */
    public static double allToAllSlowdown(double podRanks, double ranks, double oversubscription) {
        return Math.max(1, oversubscription * Math.max(0, 1 - podRanks / ranks));
    }
}
