package dev.altiplano.planner.step;

/**
 * Step time of one model on one machine, for any layout (section 7). Immutable, safe for many
 * threads; cheap once the {@link LayerCost} is known.
 */
public final class StepModel {
    private final ModelShape model;
    private final AcceleratorSpec accelerator;
    private final FabricSpec fabric;
    private final TrainingSpec training;
    private final StepConstants constants;
    private final Stragglers stragglers;
    private final LayerModel layers;
    private final DataParallelModel dataParallel;
    private final LinkRates rates;

    public StepModel(
            ModelShape model,
            AcceleratorSpec accelerator,
            FabricSpec fabric,
            TrainingSpec training,
            StepConstants constants,
            Stragglers stragglers) {
        this.model = model;
        this.accelerator = accelerator;
        this.fabric = fabric;
        this.training = training;
        this.constants = constants;
        this.stragglers = stragglers;
        this.rates = LinkRates.of(accelerator, fabric, constants);
        this.layers = new LayerModel(model, accelerator, fabric, training, constants);
        this.dataParallel =
                new DataParallelModel(model, accelerator, fabric, training.precision(), constants);
    }

    /** The same run with other constants. */
    public StepModel with(StepConstants other) {
        return new StepModel(model, accelerator, fabric, training, other, stragglers);
    }

    public ModelShape model() {
        return model;
    }

    public AcceleratorSpec accelerator() {
        return accelerator;
    }

    public FabricSpec fabric() {
        return fabric;
    }

    public TrainingSpec training() {
        return training;
    }

    public StepConstants constants() {
        return constants;
    }

    /** Cost of a mean layer; the same for every layout with these degrees. */
    public LayerCost layer(int tp, int cp, int ep, int expertTp, int micro) {
        return layers.cost(tp, cp, ep, expertTp, micro);
    }

    LayerModel layers() {
        return layers;
    }

    DataParallelModel dataParallel() {
        return dataParallel;
    }

    Stragglers stragglers() {
        return stragglers;
    }

    LinkRates rates() {
        return rates;
    }

    public LayerCost layer(Layout layout) {
        return layer(layout.tp(), layout.cp(), layout.ep(), layout.expertTp(), layout.micro());
    }

    /** The step of {@code layout} with {@code microBatches} for each pipeline. */
    public StepTime step(Layout layout, long microBatches) {
        return step(layer(layout), layout, microBatches);
    }

    /** The same when the layer's cost is known. */
    public StepTime step(LayerCost cost, Layout layout, long microBatches) {
        return withTail(run(cost, layout, microBatches), layout, microBatches);
    }

    /** First to last micro-batch; the parts of the tail are 0. Does not depend on the sharding. */
    public StepTime run(LayerCost cost, Layout layout, long microBatches) {
        if (microBatches < 1) {
            throw new IllegalArgumentException("a step needs one micro-batch, found none");
        }
        int pp = layout.pp();
        double layersOfStage = model.layersPerStage(pp);
        double head = cost.headSeconds() / pp;
        double again = repeatedCompute(cost, layout.recompute());
        double forwards = layout.recompute() == Recompute.FULL ? 1 : 0;
        double compute = (3 * cost.computeSeconds() + again) * layersOfStage + head;
        double tp = (2.5 + forwards) * cost.tpSeconds() * layersOfStage;
        double cp = (2 + forwards) * cost.cpSeconds() * layersOfStage;
        double ep = (2 + forwards) * cost.epSeconds() * layersOfStage;
        double stage = compute + tp + cp + ep;
        double forward = cost.forwardSeconds() * layersOfStage + head / 3;
        double weightGradient = cost.gemmSeconds() * layersOfStage + head / 3;
        double bubble =
                layout.schedule()
                        .bubbleSeconds(
                                pp,
                                layout.virtualStages(),
                                forward,
                                stage - forward - weightGradient,
                                weightGradient);
        return new StepTime(
                microBatches * compute,
                microBatches * tp,
                microBatches * cp,
                microBatches * ep,
                bubble,
                stageTransfers(layout, microBatches, forward),
                0,
                0,
                0);
    }

    /** {@code run} with the tail of a step: gradients, weights, optimizer, and the slowest node. */
    public StepTime withTail(StepTime run, Layout layout, long microBatches) {
        double tail = dataParallel.tailSeconds(layout, microBatches);
        double exposed = Math.max(training.overlap().dp() * tail, tail - 0.9 * run.runSeconds());
        double optimizer = dataParallel.optimizerSeconds(layout);
        double nodes = Math.ceil((double) layout.gpus() / fabric.nodeGpus());
        double wait = (run.runSeconds() + exposed + optimizer) * (stragglers.factor(nodes) - 1);
        return new StepTime(
                run.computeSeconds(),
                run.tpSeconds(),
                run.cpSeconds(),
                run.epSeconds(),
                run.bubbleSeconds(),
                run.ppSeconds(),
                exposed,
                optimizer,
                wait);
    }

    /**
     * A lower bound on the step of every schedule, virtual stage count, recomputation and sharding:
     * all micro-batches without recomputation, and the least bubble that so many can have.
     */
    public double lowerBoundSeconds(LayerCost cost, int pp, long microBatches) {
        double layersOfStage = model.layersPerStage(pp);
        double stage = cost.leastSeconds() * layersOfStage + cost.headSeconds() / pp;
        double chunks = Math.ceilDiv(model.layers(), pp);
        double bubble = 0;
        if (microBatches < Schedule.ZB_H1.minMicroBatches(pp)) {
            bubble = (pp - 1) * stage;
        } else if (microBatches < Schedule.ZB_H2.minMicroBatches(pp)) {
            double halfEmpty =
                    stage
                            - 2 * cost.gemmSeconds() * layersOfStage
                            - 2 * cost.headSeconds() / 3 / pp;
            bubble = (pp - 1) * Math.min(stage / chunks, Math.max(0, halfEmpty));
        }
        return microBatches * stage + bubble;
    }

    private static double repeatedCompute(LayerCost cost, Recompute recompute) {
        return switch (recompute) {
            case NONE -> 0;
            case SELECTIVE -> cost.attentionCoreSeconds();
            case FULL -> cost.computeSeconds();
        };
    }

    /**
     * Transfers between stages hide behind the chunk that is computed meanwhile; what shows is the
     * fill and drain of the pipeline, one latency for each message, and what outlasts its chunk.
     */
    private double stageTransfers(Layout layout, long microBatches, double forwardSeconds) {
        if (layout.pp() == 1) {
            return 0;
        }
        int v = layout.virtualStages();
        double hop = hopSeconds(layout);
        double outlasting = Math.max(0, hop - forwardSeconds / v);
        double messages = 2.0 * v * microBatches;
        return 2 * (layout.pp() - 1) * hop
                + messages * (rates.networkLatencySeconds() + outlasting);
    }

    /** One boundary, one micro-batch, one direction: {@code 2 s b d / t} bytes. */
    double hopSeconds(Layout layout) {
        double bytes =
                2.0
                        * training.sequenceTokens()
                        * layout.micro()
                        / layout.cp()
                        * model.hidden()
                        / layout.tp();
        return Collectives.pointToPoint(
                bytes, rates.networkBytesPerSecond(), rates.networkLatencySeconds());
    }
}
