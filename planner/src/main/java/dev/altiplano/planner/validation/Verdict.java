package dev.altiplano.planner.validation;

/** What a check found. */
public enum Verdict {
    /** The computed value agrees with the published one. */
    OK,
    /** A published error: the computed value lies outside the tolerance, as it must. */
    FLAGGED,
    /** Computed and shown beside the published value, without a bar to pass. */
    REPORTED,
    /** The computed value disagrees, or a published error was not noticed. */
    MISS
}
