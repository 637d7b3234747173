package dev.altiplano.planner.catalog;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.quantity.Numbers;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Web tables often print the sparse FLOP/s of an accelerator as if they were dense. A bf16 figure
 * that is twice a known dense one is refused, with the accelerator that it probably is.
 */
public final class SparseFigure {
    /** Tables differ in the last digit: 1,970 and 1,979 both stand for 2 x 989. */
    private static final double TOLERANCE = 0.006;

    private SparseFigure() {}

    /** E203 if {@code bf16Flops} is twice the dense figure of one of {@code known}. */
    public static Optional<Problem> check(double bf16Flops, Collection<Accelerator> known) {
        return known.stream()
                .filter(other -> isTwice(bf16Flops, other.bf16().base()))
                .min(
                        Comparator.comparingDouble(
                                other -> Math.abs(bf16Flops / other.bf16().base() - 2)))
                .map(
                        other ->
                                Problem.of(
                                                ErrorCode.E203,
                                                "bf16 %s TFLOP/s for %s is the sparse figure; dense is %s"
                                                        .formatted(
                                                                Numbers.text(bf16Flops / 1e12),
                                                                other.name(),
                                                                Numbers.text(
                                                                        other.bf16().likely())))
                                        .hinting(
                                                "give the dense figure, or dense: true if it is one"));
    }

    private static boolean isTwice(double flops, double dense) {
        return Math.abs(flops / dense - 2) < 2 * TOLERANCE;
    }
}
