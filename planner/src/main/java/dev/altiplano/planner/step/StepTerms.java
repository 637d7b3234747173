package dev.altiplano.planner.step;

import dev.altiplano.planner.explain.FormulaText;
import dev.altiplano.planner.explain.Term;
import java.util.ArrayList;
import java.util.List;

/** Writes a step out: each part as a formula with its numbers, from the layer up to the step. */
public final class StepTerms {
    private static final String SECONDS = "s";
    private static final String FITTED = "constants fitted on 16 A100 rows (SEQ, MegaScale)";

    private final StepModel model;
    private final Layout layout;
    private final long microBatches;
    private final LayerCost cost;
    private final StepTime step;
    private final double tokens;
    private final double layersOfStage;
    private final List<Term> terms = new ArrayList<>();

    private StepTerms(StepModel model, Layout layout, long microBatches) {
        this.model = model;
        this.layout = layout;
        this.microBatches = microBatches;
        this.cost = model.layer(layout);
        this.step = model.step(cost, layout, microBatches);
        this.tokens = (double) model.training().sequenceTokens() * layout.micro() / layout.cp();
        this.layersOfStage = model.model().layersPerStage(layout.pp());
    }

    /** Every part of the step that is not zero, and the step last. */
    public static List<Term> of(StepModel model, Layout layout, long microBatches) {
        StepTerms writer = new StepTerms(model, layout, microBatches);
        writer.layer();
        writer.communication();
        writer.run();
        writer.tail();
        return List.copyOf(writer.terms);
    }

    private void add(String name, double value, String formula, String source) {
        if (value != 0) {
            terms.add(new Term(name, value, SECONDS, formula, source));
        }
    }

    /** Forward pass of a mean layer. */
    private void layer() {
        StepConstants c = model.constants();
        ModelShape shape = model.model();
        AcceleratorSpec chip = model.accelerator();
        double rate = c.memoryShare() * chip.hbmBytesPerSecond() * chip.speed();
        for (Gemm gemm :
                model.layers().gemms(tokens, layout.tp(), layout.ep(), layout.expertTp())) {
            double share = c.gemmShare(gemm.m(), gemm.n(), gemm.k());
            double peak = model.layers().matmulPeakFlops();
            add(
                    "layer, " + gemm.name(),
                    model.layers().seconds(gemm),
                    FormulaText.of(
                            "{} x 2 x {} x {} x {} / ({} x {})",
                            gemm.count(),
                            gemm.m(),
                            gemm.n(),
                            gemm.k(),
                            peak,
                            share),
                    FITTED);
        }
        add(
                "layer, attention",
                cost.attentionSeconds(),
                FormulaText.of(
                        "4 x {} x {} x {} x {} / {} / ({} x {} x {})",
                        tokens,
                        model.layers().keys(),
                        shape.heads(),
                        shape.headDim(),
                        layout.tp(),
                        chip.peakFlops(),
                        chip.speed(),
                        c.attentionPeakShare()),
                FITTED);
        double moeShare = (double) shape.moeLayers() / shape.layers();
        double bytes = model.layers().traffic(tokens, layout.tp(), moeShare);
        add(
                "layer, norms and activations through memory",
                cost.trafficSeconds(),
                FormulaText.of("{} / {}", bytes, rate),
                FITTED);
        double scores = model.layers().keys() * tokens * shape.heads() / layout.tp();
        add(
                "layer, unfused softmax through memory",
                cost.softmaxSeconds(),
                FormulaText.of("{} x {} / {}", c.softmaxTraffic(), scores, rate),
                FITTED);
    }

    /** Forward communication of a mean layer, after overlap. */
    private void communication() {
        ModelShape shape = model.model();
        Overlap overlap = model.training().overlap();
        double bytes = 2 * tokens * shape.hidden();
        double t = layout.tp();
        double whole = (t - 1) / t * bytes / model.rates().linkBytesPerSecond() * overlap.tp();
        add(
                "layer, tensor parallel",
                cost.tpSeconds(),
                FormulaText.of(
                        "{} x {} x {} x {} / {}",
                        overlap.tp(),
                        whole == 0 ? 0 : cost.tpSeconds() / whole,
                        (t - 1) / t,
                        bytes,
                        model.rates().linkBytesPerSecond()),
                "2 all-gathers and 2 reduce-scatters of 2 s b d bytes; ring");
        add(
                "layer, context parallel",
                cost.cpSeconds(),
                FormulaText.of("{}", cost.cpSeconds()),
                "all-gather of keys and values, 4 s b k δ bytes, inside the node and between");
        add(
                "layer, expert parallel",
                cost.epSeconds(),
                FormulaText.of("{}", cost.epSeconds()),
                "2 all-to-alls of 2 (s b / t) d K bytes, x capacity and imbalance");
    }

    /** All micro-batches of a stage. */
    private void run() {
        double head = cost.headSeconds() / layout.pp();
        boolean again = layout.recompute() == Recompute.FULL;
        double repeated =
                switch (layout.recompute()) {
                    case NONE -> 0;
                    case SELECTIVE -> cost.attentionCoreSeconds();
                    case FULL -> cost.computeSeconds();
                };
        add(
                "compute",
                step.computeSeconds(),
                FormulaText.of(
                        "{} x ((3 x {} + {}) x {} + {})",
                        (double) microBatches,
                        cost.computeSeconds(),
                        repeated,
                        layersOfStage,
                        head),
                "backward is twice forward; recomputation and output head added");
        double extra = again ? 1 : 0;
        parallel("tensor parallel", step.tpSeconds(), 2.5 + extra, cost.tpSeconds());
        parallel("context parallel", step.cpSeconds(), 2 + extra, cost.cpSeconds());
        parallel("expert parallel", step.epSeconds(), 2 + extra, cost.epSeconds());
        bubble();
        double hop = model.hopSeconds(layout);
        double latency = model.rates().networkLatencySeconds();
        double messages = 2.0 * layout.virtualStages() * microBatches;
        double fill = 2.0 * (layout.pp() - 1) * hop;
        double outlasting = Math.max(0, (step.ppSeconds() - fill) / messages - latency);
        add(
                "pipeline transfers",
                step.ppSeconds(),
                FormulaText.of(
                        "2 x {} x {} + {} x ({} + {})",
                        layout.pp() - 1,
                        hop,
                        messages,
                        latency,
                        outlasting),
                "2 s b d / t bytes; hidden but for fill, drain and latency");
    }

    private void parallel(String name, double seconds, double passes, double layerSeconds) {
        add(
                name,
                seconds,
                FormulaText.of(
                        "{} x {} x {} x {}",
                        (double) microBatches,
                        passes,
                        layerSeconds,
                        layersOfStage),
                "forward and backward of all layers of a stage");
    }

    private void bubble() {
        double stage =
                (step.computeSeconds() + step.tpSeconds() + step.cpSeconds() + step.epSeconds())
                        / microBatches;
        Schedule schedule = layout.schedule();
        boolean isPlain = schedule == Schedule.ONE_F_ONE_B || schedule == Schedule.INTERLEAVED;
        double perStage = step.bubbleSeconds() / Math.max(1, layout.pp() - 1);
        add(
                "pipeline bubble",
                step.bubbleSeconds(),
                isPlain
                        ? FormulaText.of(
                                "{} x {} / {}", layout.pp() - 1, stage, layout.virtualStages())
                        : FormulaText.of("{} x {}", layout.pp() - 1, perStage),
                "schedule " + schedule);
    }

    private void tail() {
        double tail = model.dataParallel().tailSeconds(layout, microBatches);
        add(
                "data parallel",
                step.dpSeconds(),
                FormulaText.of(
                        "max({} x {}, {} - 0.9 x {})",
                        model.training().overlap().dp(),
                        tail,
                        tail,
                        step.runSeconds()),
                "gradients reduced and weights gathered, inside the node and between");
        add(
                "optimizer",
                step.optimizerSeconds(),
                FormulaText.of(
                        "{} / {}", step.optimizerSeconds() * optimizerRate(), optimizerRate()),
                "bytes of states read and written over the memory bandwidth");
        double beforeWait = step.seconds() - step.stragglerSeconds();
        double nodes = Math.ceil((double) layout.gpus() / model.fabric().nodeGpus());
        add(
                "slowest node",
                step.stragglerSeconds(),
                FormulaText.of("{} x {}", beforeWait, model.stragglers().factor(nodes) - 1),
                "σ sqrt(2 ln n) over n nodes, σ assumed");
        add(
                "step",
                step.seconds(),
                FormulaText.of(
                        "{} + {} + {} + {}",
                        step.runSeconds(),
                        step.dpSeconds(),
                        step.optimizerSeconds(),
                        step.stragglerSeconds()),
                "sum");
    }

    private double optimizerRate() {
        AcceleratorSpec chip = model.accelerator();
        return model.constants().memoryShare() * chip.hbmBytesPerSecond() * chip.speed();
    }
}
