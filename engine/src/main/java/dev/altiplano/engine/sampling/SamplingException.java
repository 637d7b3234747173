package dev.altiplano.engine.sampling;

import dev.altiplano.compute.AltiplanoException;

/** There is no token to choose. */
public final class SamplingException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    SamplingException(String message) {
        super(message);
    }
}
