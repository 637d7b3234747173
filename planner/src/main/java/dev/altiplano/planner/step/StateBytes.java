package dev.altiplano.planner.step;

/**
 * Weights, gradients and optimizer states of one rank, in bytes (section 6).
 *
 * @param weightBytes weights, gathered layers included
 * @param gradientBytes gradients, buckets included
 * @param optimizerBytes master copy and moments
 */
public record StateBytes(double weightBytes, double gradientBytes, double optimizerBytes) {

    /** All three. */
    public double sum() {
        return weightBytes + gradientBytes + optimizerBytes;
    }

    /** Dense parameters of one rank: {@code N_dense / (t p)}. */
    public static double denseParameters(ModelShape model, Layout layout) {
        return model.sharedParameters() / ((double) layout.tp() * layout.pp());
    }

    /** Routed experts of one rank: {@code N_expert / (e t_e p)}. */
    public static double expertParameters(ModelShape model, Layout layout) {
        return model.routedParameters() / ((double) layout.ep() * layout.expertTp() * layout.pp());
    }

    /** States of a rank that holds {@code share} of a mean stage. */
    static StateBytes of(ModelShape model, Precision precision, Layout layout, double share) {
        double layers = (double) model.layers() / layout.pp() * share;
        StateBytes dense =
                part(
                        denseParameters(model, layout) * share,
                        layout.shardGroup(),
                        layers,
                        precision,
                        layout.sharding());
        StateBytes experts =
                part(
                        expertParameters(model, layout) * share,
                        layout.expertShardGroup(),
                        layers,
                        precision,
                        layout.sharding());
        double copies = layout.schedule().weightCopies();
        return new StateBytes(
                copies * (dense.weightBytes + experts.weightBytes),
                copies * (dense.gradientBytes + experts.gradientBytes),
                dense.optimizerBytes + experts.optimizerBytes);
    }

    private static StateBytes part(
            double n, double group, double layers, Precision precision, DataSharding sharding) {
        double weights = precision.weightBytes() * n;
        double gradients = precision.gradientBytes() * n;
        double optimizer = (precision.masterBytes() + precision.momentBytes()) * n;
        double gathered = 2 * precision.computeBytes() * n / layers;
        return switch (sharding) {
            case ZERO_0 -> new StateBytes(weights, gradients, optimizer);
            case ZERO_1 -> new StateBytes(weights, gradients, optimizer / group);
            case ZERO_2 ->
                    new StateBytes(
                            weights, gradients / group + gradients / layers, optimizer / group);
            case ZERO_3 ->
                    new StateBytes(
                            weights / group + gathered,
                            gradients / group + gradients / layers,
                            optimizer / group);
            case FSDP_HELD -> held(n, weights, gradients, optimizer, group, precision);
        };
    }

    /** Weights that are their own master copy stay sharded beside the gathered ones. */
    private static StateBytes held(
            double n,
            double weights,
            double gradients,
            double optimizer,
            double group,
            Precision precision) {
        double shards = precision.masterBytes() > 0 ? 0 : (weights + gradients) / group;
        return new StateBytes(precision.computeBytes() * n, gradients, optimizer / group + shards);
    }
}
