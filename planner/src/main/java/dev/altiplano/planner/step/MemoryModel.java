package dev.altiplano.planner.step;

import java.util.ArrayList;
import java.util.List;

/**
 * Peak memory of a rank (section 6). {@link #estimate} is the figure that was fitted and that
 * decides whether a layout fits: mean layers of a stage, in flight as on the first stage, with the
 * head's working set. {@link #stages} shows where it lies.
 */
public final class MemoryModel {
    private final ModelShape model;
    private final TrainingSpec training;

    public MemoryModel(ModelShape model, TrainingSpec training) {
        this.model = model;
        this.training = training;
    }

    /** The fullest rank. */
    public MemoryEstimate estimate(Layout layout, long microBatches) {
        double layers = model.layersPerStage(layout.pp());
        double inFlight =
                layout.schedule().inFlight(layout.pp(), layout.virtualStages(), microBatches);
        return new MemoryEstimate(
                states(layout),
                layers * inFlight * layerBytes(layout, layout.recompute()),
                Math.max(layerWorkingBytes(layout), logitBytes(layout)));
    }

    /** States alone: a lower bound that needs no activations. */
    public StateBytes states(Layout layout) {
        return StateBytes.of(model, training.precision(), layout, 1);
    }

    /**
     * Each pipeline stage by itself. Where {@code L+2} or {@code L+1} divides by the stages, the
     * last one, or the first and the last, hold one layer less, as Llama 3 does to balance the
     * vocabulary.
     */
    public List<MemoryEstimate> stages(Layout layout, long microBatches) {
        List<MemoryEstimate> stages = new ArrayList<>();
        for (int stage = 0; stage < layout.pp(); stage++) {
            stages.add(stage(layout, microBatches, stage));
        }
        return stages;
    }

    private MemoryEstimate stage(Layout layout, long microBatches, int stage) {
        int pp = layout.pp();
        double layers = layersOfStage(pp, stage);
        double first = layout.schedule().inFlight(pp, layout.virtualStages(), microBatches);
        boolean drains = layout.schedule() != Schedule.DUAL_PIPE;
        double inFlight = drains ? Math.max(Math.min(1, first), first - stage) : first;
        boolean last = stage == pp - 1;
        return new MemoryEstimate(
                StateBytes.of(
                        model, training.precision(), layout, stageShare(layout, stage, layers)),
                layers * inFlight * layerBytes(layout, layout.recompute()),
                last
                        ? Math.max(layerWorkingBytes(layout), logitBytes(layout))
                        : layerWorkingBytes(layout));
    }

    /** Layers of one stage; those of the fullest where they do not divide. */
    double layersOfStage(int pp, int stage) {
        int layers = model.layers();
        boolean last = stage == pp - 1;
        if (pp > 1 && (layers + 2) % pp == 0) {
            int whole = (layers + 2) / pp;
            return stage == 0 || last ? whole - 1 : whole;
        }
        if (pp > 1 && (layers + 1) % pp == 0) {
            int whole = (layers + 1) / pp;
            return last ? whole - 1 : whole;
        }
        return model.layersPerStage(pp);
    }

    /** Parameters of a stage over those of a mean one; the vocabulary lies at both ends. */
    private double stageShare(Layout layout, int stage, double layers) {
        int pp = layout.pp();
        double total = model.parameters();
        double ends = model.embeddingParameters();
        double body = total - (model.tied() ? 1 : 2) * ends;
        double own = body * layers / model.layers();
        own += stage == 0 ? ends : 0;
        own += stage == pp - 1 ? ends : 0;
        return own * pp / total;
    }

    private double tokens(Layout layout) {
        return (double) training.sequenceTokens() * layout.micro() / layout.cp();
    }

    private double layerBytes(Layout layout, Recompute recompute) {
        return tokens(layout) * LayerActivations.mean(model, training, layout.tp(), recompute);
    }

    private double layerWorkingBytes(Layout layout) {
        return 2 * layerBytes(layout, Recompute.NONE);
    }

    /** bf16 and fp32 logits, softmax and both gradients: 16 bytes each. */
    private double logitBytes(Layout layout) {
        return tokens(layout) * model.vocab() / layout.tp() * 16 / training.logitChunks();
    }
}
