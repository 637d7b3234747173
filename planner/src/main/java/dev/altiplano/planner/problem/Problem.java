package dev.altiplano.planner.problem;

import java.util.Optional;

/**
 * One thing that is wrong, told so that it can be mended.
 *
 * @param message what was found, in one clause: {@code pue 0.9 below 1}
 * @param place where, if it stands in a file
 * @param allowed what would be accepted, or empty
 * @param hint what to do, or empty
 */
public record Problem(
        ErrorCode code, String message, Optional<Place> place, String allowed, String hint) {

    /** A problem of a calculation, without a place in a file. */
    public static Problem of(ErrorCode code, String message) {
        return new Problem(code, message, Optional.empty(), "", "");
    }

    public Problem at(Place newPlace) {
        return new Problem(code, message, Optional.of(newPlace), allowed, hint);
    }

    public Problem allowing(String newAllowed) {
        return new Problem(code, message, place, newAllowed, hint);
    }

    public Problem hinting(String newHint) {
        return new Problem(code, message, place, allowed, newHint);
    }

    /** One line: code, message, place, what is allowed, the hint. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(code).append(' ').append(message);
        place.ifPresent(where -> text.append(" (").append(where).append(')'));
        if (!allowed.isEmpty()) {
            text.append("; allowed: ").append(allowed);
        }
        if (!hint.isEmpty()) {
            text.append("; ").append(hint);
        }
        return text.toString();
    }
}
