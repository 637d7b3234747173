package dev.altiplano.planner.step;

/**
 * The tail of a step: gradients reduced, weights gathered, states updated. Dense parameters and
 * experts have different groups of ranks ({@code D c} and {@code D c t / (e t_e)}).
 */
final class DataParallelModel {
    private final ModelShape model;
    private final FabricSpec fabric;
    private final Precision precision;
    private final LinkRates rates;
    private final double memoryRate;

    DataParallelModel(
            ModelShape model,
            AcceleratorSpec accelerator,
            FabricSpec fabric,
            Precision precision,
            StepConstants constants) {
        this.model = model;
        this.fabric = fabric;
        this.precision = precision;
        this.rates = LinkRates.of(accelerator, fabric, constants);
        this.memoryRate =
                constants.memoryShare() * accelerator.hbmBytesPerSecond() * accelerator.speed();
    }

    /** Nothing hidden yet. */
    double tailSeconds(Layout layout, long microBatches) {
        double dense = StateBytes.denseParameters(model, layout);
        double tail =
                groupSeconds(
                        dense,
                        layout.denseReplicas(),
                        layout.shardGroup(),
                        layout.tp(),
                        layout,
                        microBatches);
        double experts = StateBytes.expertParameters(model, layout);
        return experts == 0
                ? tail
                : tail
                        + groupSeconds(
                                experts,
                                layout.expertReplicas(),
                                layout.expertShardGroup(),
                                layout.ep() * layout.expertTp(),
                                layout,
                                microBatches);
    }

    /** {@code 32 n / G} bytes through HBM for mixed-precision Adam. */
    double optimizerSeconds(Layout layout) {
        boolean whole = layout.sharding() == DataSharding.ZERO_0;
        double dense =
                StateBytes.denseParameters(model, layout) / (whole ? 1 : layout.shardGroup());
        double experts =
                StateBytes.expertParameters(model, layout)
                        / (whole ? 1 : layout.expertShardGroup());
        return precision.optimizerTrafficBytes() * (dense + experts) / memoryRate;
    }

    /** {@code stride} is how many ranks lie between two of the group. */
    private double groupSeconds(
            double parameters,
            int replicas,
            int shardGroup,
            int stride,
            Layout layout,
            long microBatches) {
        if (replicas == 1) {
            return 0;
        }
        double group = layout.sharding() == DataSharding.ZERO_0 ? replicas : shardGroup;
        double inner = Math.max(1, Math.min(group, (double) fabric.nodeGpus() / stride));
        double slowdown = slowdown(layout);
        double sharded =
                Collectives.hierarchicalAllGather(
                        bytes(layout.sharding(), microBatches) * parameters,
                        group,
                        inner,
                        rates,
                        slowdown);
        double copies = replicas / group;
        double replicated =
                Collectives.allReduce(
                        precision.gradientBytes() * parameters / group,
                        copies,
                        rates.networkBytesPerSecond() / slowdown,
                        rates.networkLatencySeconds());
        return sharded + replicated;
    }

    /** Bytes per parameter that are reduced and gathered in one step: 6, or 8 for ZeRO-3. */
    private double bytes(DataSharding sharding, long microBatches) {
        double gradient = precision.gradientBytes();
        double weight = precision.computeBytes();
        return switch (sharding) {
            case ZERO_0 -> 2 * gradient;
            case ZERO_1, FSDP_HELD -> gradient + weight;
            case ZERO_2 -> microBatches * gradient + weight;
            case ZERO_3 -> microBatches * (gradient + 2 * weight);
        };
    }

    private double slowdown(Layout layout) {
        if (layout.gpus() <= fabric.podGpus()) {
            return 1;
        }
        double perPod =
                (double) fabric.podGpus() / ((double) layout.tp() * layout.cp() * layout.pp());
        return Collectives.ringSlowdown(perPod, fabric.oversubscription());
    }
}
