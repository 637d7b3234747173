package dev.altiplano.planner.step;

/**
 * The exposed part of communication: 1 = nothing hidden behind compute, 0 = all hidden. The
 * data-parallel tail is never less than what does not fit under 0.9 of the run.
 */
public record Overlap(double tp, double cp, double ep, double dp) {
    /** Nothing hidden: the stacks that the constants were fitted on. */
    public static final Overlap NONE = new Overlap(1, 1, 1, 1);

    /** A stack that overlaps, as MegaScale's own rows (two values chosen there). */
    public static final Overlap OVERLAPPED = new Overlap(0.3, 1, 1, 0.2);

    public Overlap {
        for (double share : new double[] {tp, cp, ep, dp}) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "exposed share %s is outside 0 to 1".formatted(share));
            }
        }
    }
}
