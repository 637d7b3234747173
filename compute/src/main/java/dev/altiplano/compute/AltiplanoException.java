package dev.altiplano.compute;

import java.util.Objects;

/**
 * The root of every failure that a user can mend. Its message says where, what was expected, what
 * was found and what to do; it is shown to people as it is, without a stack trace.
 */
public class AltiplanoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AltiplanoException(String message) {
        super(message);
    }

    public AltiplanoException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The text for people; never missing. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
