package dev.altiplano.planner.step;

import dev.altiplano.planner.explain.FormulaText;
import dev.altiplano.planner.explain.Term;
import java.util.ArrayList;
import java.util.List;

/** Writes a memory estimate out, in GiB. */
public final class MemoryTerms {
    private static final String GIB = "GiB";

    private MemoryTerms() {}

    /** The parts, the estimate and what must fit, for the fullest rank. */
    public static List<Term> of(
            ModelShape model, TrainingSpec training, Layout layout, long microBatches) {
        MemoryEstimate estimate = new MemoryModel(model, training).estimate(layout, microBatches);
        StateBytes states = estimate.states();
        double n =
                StateBytes.denseParameters(model, layout)
                        + StateBytes.expertParameters(model, layout);
        String sharding = layout.sharding() + " over " + layout.shardGroup() + " ranks";
        List<Term> terms = new ArrayList<>();
        terms.add(perParameter("weights", states.weightBytes(), n, sharding));
        terms.add(perParameter("gradients", states.gradientBytes(), n, sharding));
        terms.add(perParameter("master copy and moments", states.optimizerBytes(), n, sharding));
        terms.add(activations(model, training, layout, microBatches, estimate));
        terms.add(
                gib(
                        "working set",
                        estimate.workingBytes(),
                        FormulaText.of("{} / 2^30", estimate.workingBytes()),
                        "larger of two layers' activations and logits of 16 bytes"));
        terms.add(
                gib(
                        "estimate",
                        estimate.likelyBytes(),
                        FormulaText.of(
                                "{} x {} / 2^30 + 3", MemoryEstimate.FACTOR, estimate.sumBytes()),
                        "fitted on eight torchtitan rows, band 0.95 to 1.15"));
        terms.add(
                gib(
                        "must fit",
                        estimate.p90Bytes(),
                        FormulaText.of(
                                "{} x {} / 2^30", MemoryEstimate.P90, estimate.likelyBytes()),
                        "90 % point of the band"));
        return List.copyOf(terms);
    }

    private static Term perParameter(String name, double bytes, double n, String source) {
        return gib(name, bytes, FormulaText.of("{} x {} / 2^30", bytes / n, n), source);
    }

    private static Term activations(
            ModelShape model,
            TrainingSpec training,
            Layout layout,
            long microBatches,
            MemoryEstimate estimate) {
        double perToken = LayerActivations.mean(model, training, layout.tp(), layout.recompute());
        double tokens = (double) training.sequenceTokens() * layout.micro() / layout.cp();
        double inFlight =
                layout.schedule().inFlight(layout.pp(), layout.virtualStages(), microBatches);
        return gib(
                "activations",
                estimate.activationBytes(),
                FormulaText.of(
                        "{} x {} x {} x {} / 2^30",
                        model.layersPerStage(layout.pp()),
                        inFlight,
                        tokens,
                        perToken),
                "layers x micro-batches in flight x tokens x bytes of a token and layer");
    }

    private static Term gib(String name, double bytes, String formula, String source) {
        return new Term(name, bytes / MemoryEstimate.GIB, GIB, formula, source);
    }
}
