package dev.altiplano.planner.site;

import static dev.altiplano.planner.quantity.Checks.notNegative;
import static dev.altiplano.planner.quantity.Checks.positive;

import dev.altiplano.planner.explain.Term;
import java.util.List;

/**
 * How hard an accelerator works, from operations and bytes moved rather than from "utilisation",
 * which is near 100 % whatever it does. The form is assumed: a training job at 45 % of the peak
 * FLOP/s and 60 % of the peak bandwidth draws the rated power.
 *
 * @param flopsPerSecond achieved
 * @param peakFlopsPerSecond dense
 * @param bytesPerSecond achieved traffic of the accelerator's memory
 * @param peakBytesPerSecond its bandwidth
 */
public record AcceleratorLoad(
        double flopsPerSecond,
        double peakFlopsPerSecond,
        double bytesPerSecond,
        double peakBytesPerSecond) {
    private static final double COMPUTE_WEIGHT = 0.55;
    private static final double COMPUTE_FULL = 0.45;
    private static final double MEMORY_WEIGHT = 0.45;
    private static final double MEMORY_FULL = 0.6;

    public AcceleratorLoad {
        notNegative("flopsPerSecond", flopsPerSecond);
        positive("peakFlopsPerSecond", peakFlopsPerSecond);
        notNegative("bytesPerSecond", bytesPerSecond);
        positive("peakBytesPerSecond", peakBytesPerSecond);
    }

    /** g, 0 for an idle accelerator to 1 for rated power. */
    public double intensity() {
        return Math.min(1, unclipped());
    }

    private double unclipped() {
        return COMPUTE_WEIGHT * (flopsPerSecond / peakFlopsPerSecond) / COMPUTE_FULL
                + MEMORY_WEIGHT * (bytesPerSecond / peakBytesPerSecond) / MEMORY_FULL;
    }

    public List<Term> terms() {
        return List.of(
                Term.of(
                        "intensity before clipping to 1",
                        unclipped(),
                        "",
                        "0.55 (FLOP/s / peak) / 0.45 + 0.45 (bytes/s / peak) / 0.6, assumed",
                        "{} x {} / {} / {} + {} x {} / {} / {}",
                        COMPUTE_WEIGHT,
                        flopsPerSecond,
                        peakFlopsPerSecond,
                        COMPUTE_FULL,
                        MEMORY_WEIGHT,
                        bytesPerSecond,
                        peakBytesPerSecond,
                        MEMORY_FULL));
    }
}
