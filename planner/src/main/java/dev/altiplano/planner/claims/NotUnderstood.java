package dev.altiplano.planner.claims;

/** A part of a sentence that could not be read; never leaves the package. */
final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 60;

    private final transient Said part;

    NotUnderstood(Said part) {
        super(part.toString(), null, false, false);
        this.part = part.shortened(SHOWN_MAX);
    }

    Said part() {
        return part;
    }
}
