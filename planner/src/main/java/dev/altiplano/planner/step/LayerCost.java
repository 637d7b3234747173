package dev.altiplano.planner.step;

/**
 * Seconds of one forward pass of one micro-batch through a mean layer, and of the output head
 * (forward and backward). Depends on the model, TP, CP, EP, expert TP and the micro-batch alone, so
 * a search computes it once for thousands of layouts.
 *
 * @param gemmSeconds matmuls, those of the experts included
 * @param attentionSeconds attention core
 * @param trafficSeconds norms, residuals, activations through HBM
 * @param softmaxSeconds unfused softmax through HBM, 0 with flash attention
 * @param tpSeconds exposed tensor-parallel collectives
 * @param cpSeconds exposed gathering of keys and values
 * @param epSeconds exposed dispatch and combination of expert rows
 * @param headSeconds output head, forward and backward, of the whole model
 */
public record LayerCost(
        double gemmSeconds,
        double attentionSeconds,
        double trafficSeconds,
        double softmaxSeconds,
        double tpSeconds,
        double cpSeconds,
        double epSeconds,
        double headSeconds) {

    /** Forward compute of one layer. */
    public double computeSeconds() {
        return gemmSeconds + attentionSeconds + trafficSeconds + softmaxSeconds;
    }

    /** Forward pass of one layer, communication included. */
    public double forwardSeconds() {
        return computeSeconds() + tpSeconds + cpSeconds + epSeconds;
    }

    /** Forward and backward pass of one layer, nothing recomputed. */
    double leastSeconds() {
        return 3 * computeSeconds() + 2.5 * tpSeconds + 2 * cpSeconds + 2 * epSeconds;
    }

    /** What selective recomputation repeats. */
    public double attentionCoreSeconds() {
        return attentionSeconds + softmaxSeconds;
    }
}
