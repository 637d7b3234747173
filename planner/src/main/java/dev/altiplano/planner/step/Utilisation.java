package dev.altiplano.planner.step;

import java.util.Locale;

/**
 * A share of the peak, together with what it counts: two of them may be compared only if all of
 * kind, convention and peak agree.
 *
 * @param fraction of the peak
 * @param kind model FLOPs, or those of the hardware with recomputation
 * @param convention what counts as model FLOPs
 * @param peakFlops the dense peak that it refers to, FLOP/s per accelerator
 */
public record Utilisation(
        double fraction, Kind kind, FlopsConvention convention, double peakFlops) {
    /** MFU counts the model's FLOPs, HFU also those computed again. */
    public enum Kind {
        MFU,
        HFU
    }

    /** {@code tokens/s x FLOPs per token / (GPUs x peak)}. */
    public static Utilisation mfu(
            double tokensPerSecond,
            double gpus,
            double flopsPerToken,
            FlopsConvention convention,
            double peakFlops) {
        return new Utilisation(
                tokensPerSecond * flopsPerToken / (gpus * peakFlops),
                Kind.MFU,
                convention,
                peakFlops);
    }

    /** The same with the FLOPs of the hardware. */
    public static Utilisation hfu(
            double tokensPerSecond,
            double gpus,
            double flopsPerToken,
            FlopsConvention convention,
            double peakFlops) {
        return new Utilisation(
                tokensPerSecond * flopsPerToken / (gpus * peakFlops),
                Kind.HFU,
                convention,
                peakFlops);
    }

    /**
     * MFU after the pipeline bubble has changed, all else equal: {@code mfu (1 + (p-1)/(v m)) / (1
     * + (p-1)/(v m'))}.
     */
    public Utilisation withBubble(int pp, int v, double microBefore, double microAfter) {
        double before = 1 + (pp - 1) / (v * microBefore);
        double after = 1 + (pp - 1) / (v * microAfter);
        return new Utilisation(fraction * before / after, kind, convention, peakFlops);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f %% %s (%s; peak %.0f TFLOP/s dense)",
                100 * fraction,
                kind,
                convention.label(),
                peakFlops / 1e12);
    }
}
