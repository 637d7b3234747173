package dev.altiplano.planner.layout;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.problem.Problem;
import dev.altiplano.planner.step.Layout;
import dev.altiplano.planner.step.MemoryEstimate;
import dev.altiplano.planner.step.MemoryModel;
import dev.altiplano.planner.step.Recompute;
import dev.altiplano.planner.step.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** E103: does it fit, and what would make it. */
final class MemoryFit {
    private MemoryFit() {}

    static Optional<Problem> check(StepModel step, Layout layout, long microBatches) {
        MemoryModel memory = new MemoryModel(step.model(), step.training());
        MemoryEstimate estimate = memory.estimate(layout, microBatches);
        double usable = step.accelerator().hbmBytes();
        if (estimate.fits(usable)) {
            return Optional.empty();
        }
        List<String> tries = tries(memory, layout, microBatches, estimate.p90Bytes());
        return Optional.of(
                Problem.of(
                        ErrorCode.E103,
                        String.format(
                                Locale.ROOT,
                                "does not fit: %.1f GiB of %.1f GiB on stage 0 (activations %.1f)%s",
                                estimate.p90Bytes() / MemoryEstimate.GIB,
                                usable / MemoryEstimate.GIB,
                                estimate.activationBytes() / MemoryEstimate.GIB,
                                tries.isEmpty() ? "" : "; try " + String.join(", ", tries))));
    }

    private static List<String> tries(
            MemoryModel memory, Layout layout, long microBatches, double bytes) {
        List<String> tries = new ArrayList<>();
        double full = memory.estimate(layout.with(Recompute.FULL), microBatches).p90Bytes();
        if (full < bytes) {
            tries.add(
                    String.format(
                            Locale.ROOT,
                            "recompute full (%.1f)",
                            (full - bytes) / MemoryEstimate.GIB));
        }
        if (layout.micro() > 1) {
            tries.add("micro 1");
        }
        Layout deeper = layout.withPp(layout.pp() * 2);
        if (memory.estimate(deeper, microBatches).p90Bytes() < bytes) {
            tries.add("pp " + deeper.pp());
        }
        return tries;
    }
}
