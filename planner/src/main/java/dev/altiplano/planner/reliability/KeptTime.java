package dev.altiplano.planner.reliability;

/**
 * The share of the wall clock whose training is kept, after everything that a closed form covers:
 * unexpected stops and checkpoints, planned stops, and corruption that is found late.
 *
 * @param stops unexpected stops and checkpoints
 * @param plannedPerDay planned stops, each at a checkpoint
 * @param plannedSeconds from such a stop to training again
 * @param corruptionsPerHour silent corruptions; each is also one of the {@code stops}
 * @param corruptionDelayHours mean time until one is found
 */
public record KeptTime(
        EffectiveTime stops,
        double plannedPerDay,
        double plannedSeconds,
        double corruptionsPerHour,
        double corruptionDelayHours) {
    private static final double SECONDS_PER_DAY = 86_400;

    public double share() {
        return plannedFactor() * stops.exact() * corruptionFactor();
    }

    /** {@code 1 / (1 + stops a day x length)}. */
    public double plannedFactor() {
        return 1 / (1 + plannedPerDay * plannedSeconds / SECONDS_PER_DAY);
    }

    /**
     * {@code 1 / (1 + c D)}: a sound state lasts 1/c, a spoilt one D until the corruption is found
     * and all that came after it is thrown away; further corruptions in between change nothing.
     * {@code c} counts the corruptions of work that would be kept otherwise, and of its
     * checkpoints: one that falls into a stop, or into work that the next stop throws away, does no
     * harm.
     */
    public double corruptionFactor() {
        return 1 / (1 + corruptionsPerHour * harmfulShare() * corruptionDelayHours);
    }

    /** Of the wall clock in training and checkpoints that stops leave standing. */
    public double harmfulShare() {
        return plannedFactor() * stops.exact() / stops.checkpointShare();
    }

    /** Of the wall clock in planned stops. */
    public double plannedShare() {
        return 1 - plannedFactor();
    }

    /** Of the wall clock in work that a corruption made worthless. */
    public double corruptedShare() {
        return plannedFactor() * stops.exact() * (1 - corruptionFactor());
    }

    /** Of the wall clock on the way back from unexpected stops. */
    public double restartShare() {
        return plannedFactor() * stops.restartShare();
    }

    /** Of the wall clock in checkpoint stalls. */
    public double stallShare() {
        return plannedFactor() * stops.stallShare();
    }

    /** Of the wall clock in work that was done again because its checkpoint was not yet made. */
    public double rolledBackShare() {
        return plannedFactor() * stops.rolledBackShare();
    }

    /** Of the wall clock in which accelerators wait. */
    public double waitingShare() {
        return plannedShare() + restartShare() + stallShare();
    }
}
