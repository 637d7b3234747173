package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;

/** A generation that could not go on; the engine itself lives on. */
public final class GenerationFailedException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    GenerationFailedException(String message) {
        super(message);
    }

    GenerationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
