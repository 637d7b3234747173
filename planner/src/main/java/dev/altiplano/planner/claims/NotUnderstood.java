package dev.altiplano.planner.claims;

/** A part of a sentence that could not be read; never leaves the package. */
final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 60;

    private final String part;

    NotUnderstood(String part) {
        super(part, null, false, false);
        this.part = part.length() > SHOWN_MAX ? part.substring(0, SHOWN_MAX) + "…" : part;
    }

    String part() {
        return part;
    }
}
