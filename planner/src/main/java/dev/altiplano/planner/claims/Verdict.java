package dev.altiplano.planner.claims;

import java.util.Locale;

/** What the arithmetic says about a claim. */
public enum Verdict {
    /** It holds in the reading that its own words call for. */
    CONSISTENT,
    /** It holds only in a reading that it does not name. */
    CONSISTENT_ONLY_AS,
    /** It holds in no reading, or something in it is impossible. */
    INCONSISTENT,
    /** It could not be read, or a figure that decides it is missing. */
    NOT_CHECKABLE;

    /** As files and {@code --json} spell it: {@code consistent-only-as}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
