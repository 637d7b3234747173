package dev.altiplano.planner.step;

/**
 * The waterfall of one step, in seconds; the parts add up to the step.
 *
 * @param computeSeconds all micro-batches of one rank, recomputation and head included
 * @param tpSeconds exposed tensor-parallel communication
 * @param cpSeconds exposed context-parallel communication
 * @param epSeconds exposed expert-parallel communication
 * @param bubbleSeconds pipeline fill and drain
 * @param ppSeconds exposed transfers between stages
 * @param dpSeconds exposed data-parallel tail
 * @param optimizerSeconds optimizer update
 * @param stragglerSeconds wait for the slowest node
 */
public record StepTime(
        double computeSeconds,
        double tpSeconds,
        double cpSeconds,
        double epSeconds,
        double bubbleSeconds,
        double ppSeconds,
        double dpSeconds,
        double optimizerSeconds,
        double stragglerSeconds) {

    /** The whole step. */
    public double seconds() {
        return runSeconds() + dpSeconds + optimizerSeconds + stragglerSeconds;
    }

    /** First to last micro-batch: all but the tail. */
    public double runSeconds() {
        return computeSeconds + tpSeconds + cpSeconds + epSeconds + bubbleSeconds + ppSeconds;
    }
}
