package dev.altiplano.planner.reliability;

/**
 * The way from a fault back to training, in seconds; the sum is u0 of the closed forms.
 *
 * @param detectSeconds until the fault is known and the node named
 * @param replaceSeconds until a healthy node stands in its place; 0 where no node was lost
 * @param startSeconds scheduler and processes
 * @param communicatorSeconds until all ranks can speak to each other
 * @param loadSeconds reading the checkpoint, or the copy from a peer
 * @param warmUpSeconds compilation and the first slow steps
 */
public record RestartTime(
        double detectSeconds,
        double replaceSeconds,
        double startSeconds,
        double communicatorSeconds,
        double loadSeconds,
        double warmUpSeconds) {

    public double totalSeconds() {
        return detectSeconds + beforeTrainingSeconds() + replaceSeconds;
    }

    /** From healthy nodes to the first step. */
    public double beforeTrainingSeconds() {
        return startSeconds + communicatorSeconds + loadSeconds + warmUpSeconds;
    }
}
