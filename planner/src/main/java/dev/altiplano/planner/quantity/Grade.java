package dev.altiplano.planner.quantity;

import java.util.Locale;

/** How far a number can be trusted, from best to worst. */
public enum Grade {
    /** A primary source measured it. */
    MEASURED,
    /** A maker's or owner's figure. */
    STATED,
    /** Computed from other numbers by arithmetic alone. */
    DERIVED,
    /** Fitted by this project to published measurements. */
    FITTED,
    /** A judgement. */
    ASSUMED;

    /** The less trustworthy of the two. */
    public Grade worse(Grade other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As files and reports spell it: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
