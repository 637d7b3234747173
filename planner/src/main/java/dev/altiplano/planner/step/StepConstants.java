package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * The fitted constants of the step model. The first seven were fitted on 16 published rows on A100
 * (Korthikanti et al. Table 5, the Megatron-LM rows of MegaScale Table 2); the last two are held.
 * Calibration replaces the seven by a user's own.
 *
 * @param gemmPeakShare share of the peak that a very large matmul reaches
 * @param gemmHalfSize size of a matmul dimension at which half of that is left
 * @param attentionPeakShare share of the peak that attention reaches
 * @param layerTraffic widths d of HBM traffic per token and layer, both ways together, for norms,
 *     dropout, residuals and launch gaps
 * @param softmaxTraffic bytes per score of an unfused softmax
 * @param linkShare share of one direction of the link inside a node
 * @param networkShare share of the network of an un-overlapped data-parallel tail; lumps straggling
 * @param memoryShare share of the HBM bandwidth
 * @param headPeakShare share of the peak of the output head
 */
public record StepConstants(
        double gemmPeakShare,
        double gemmHalfSize,
        double attentionPeakShare,
        double layerTraffic,
        double softmaxTraffic,
        double linkShare,
        double networkShare,
        double memoryShare,
        double headPeakShare) {
    public static final StepConstants FITTED =
            new StepConstants(0.845, 280, 0.70, 99, 4, 0.754, 0.31, 0.80, 0.76);

    public StepConstants {
        Checks.positive("share of the peak", gemmPeakShare);
        Checks.notNegative("half size", gemmHalfSize);
        Checks.positive("share of the peak in attention", attentionPeakShare);
        Checks.notNegative("layer traffic", layerTraffic);
        Checks.notNegative("softmax traffic", softmaxTraffic);
        Checks.positive("share of the link", linkShare);
        Checks.positive("share of the network", networkShare);
        Checks.positive("share of the memory bandwidth", memoryShare);
        Checks.positive("share of the peak in the head", headPeakShare);
    }

    /** Share of the peak that a matmul [m, k] x [k, n] reaches. */
    public double gemmShare(double m, double n, double k) {
        return gemmPeakShare
                * (m / (m + gemmHalfSize))
                * (n / (n + gemmHalfSize))
                * (k / (k + gemmHalfSize));
    }
}
