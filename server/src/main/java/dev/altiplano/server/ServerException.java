package dev.altiplano.server;

import dev.altiplano.compute.AltiplanoException;
import java.util.Optional;

/** The server cannot start or stop as asked. */
public final class ServerException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    ServerException(String message, Optional<Throwable> cause) {
        super(message);
        cause.ifPresent(this::initCause);
    }
}
