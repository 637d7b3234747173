package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;
import java.time.Duration;

/** Too many requests wait already. Nothing of the request was kept; it may be sent again. */
public final class QueueFullException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    QueueFullException(int queueLimit, Duration retryAfter) {
        super(
                "engine queue: expected room for a request, found %d waiting. Send it again in %d s."
                        .formatted(queueLimit, retryAfter.toSeconds()));
        this.retryAfter = retryAfter;
    }

    /** When a place is likely to be free; whole seconds, 1 or more. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
