package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * One accelerator. Peaks are dense; the link figure counts both directions, as makers print it.
 *
 * @param peakFlops bf16 matrix FLOP/s
 * @param peakFp8Flops FP8 matrix FLOP/s; equal to {@code peakFlops} where there is no FP8
 * @param hbmBytes memory that a program can use, bytes
 * @param hbmBytesPerSecond memory bandwidth
 * @param linkBytesPerSecond link inside a node, both directions together
 * @param tdpWatts rated power of the accelerator alone
 * @param speed speed of the work on the chip relative to an accelerator that is not power capped
 */
public record AcceleratorSpec(
        double peakFlops,
        double peakFp8Flops,
        double hbmBytes,
        double hbmBytesPerSecond,
        double linkBytesPerSecond,
        double tdpWatts,
        double speed) {

    public AcceleratorSpec {
        Checks.positive("peak FLOP/s", peakFlops);
        Checks.positive("FP8 peak FLOP/s", peakFp8Flops);
        Checks.positive("memory bytes", hbmBytes);
        Checks.positive("memory bandwidth", hbmBytesPerSecond);
        Checks.positive("link bandwidth", linkBytesPerSecond);
        Checks.positive("rated watts", tdpWatts);
        Checks.positive("relative speed", speed);
    }

    /** Effective matrix peak when {@code fp8Share} of the matmul FLOPs run in FP8. */
    public double effectivePeakFlops(double fp8Share) {
        return 1 / (fp8Share / peakFp8Flops + (1 - fp8Share) / peakFlops);
    }
}
