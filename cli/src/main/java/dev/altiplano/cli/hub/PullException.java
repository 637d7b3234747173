package dev.altiplano.cli.hub;

import dev.altiplano.compute.AltiplanoException;

/** A model that could not be fetched, found or removed. */
public final class PullException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    public PullException(String message) {
        super(message);
    }

    public PullException(String message, Throwable cause) {
        super(message, cause);
    }
}
