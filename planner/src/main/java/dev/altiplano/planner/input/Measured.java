package dev.altiplano.planner.input;

import dev.altiplano.planner.quantity.Quantity;
import java.util.Optional;

/**
 * Figures of a real run, used in the place of modelled ones, so that a published run can be
 * replayed.
 *
 * @param tokensPerGpu tokens per second and accelerator
 * @param flopsPerGpu model FLOP/s per accelerator, in the plan's convention
 * @param gpuHours of the whole run
 * @param wattsPerGpu power at the accelerator in training
 */
public record Measured(
        Optional<Quantity> tokensPerGpu,
        Optional<Quantity> flopsPerGpu,
        Optional<Quantity> gpuHours,
        Optional<Quantity> wattsPerGpu) {

    /** Whether the run's speed is given, so that no layout is needed. */
    public boolean givesSpeed() {
        return tokensPerGpu.isPresent() || flopsPerGpu.isPresent() || gpuHours.isPresent();
    }
}
