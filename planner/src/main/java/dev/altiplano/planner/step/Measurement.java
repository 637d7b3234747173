package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * A step that somebody timed.
 *
 * @param name for messages
 * @param model everything about the run but the constants
 * @param layout and how many micro-batches each pipeline had
 * @param seconds measured
 */
public record Measurement(
        String name, StepModel model, Layout layout, long microBatches, double seconds) {
    public Measurement {
        Checks.positive("measured step time", seconds);
        Checks.range("micro-batches", microBatches, 1, Long.MAX_VALUE);
    }

    /** Predicted over measured, less 1. */
    public double error(StepConstants constants) {
        return model.with(constants).step(layout, microBatches).seconds() / seconds - 1;
    }
}
