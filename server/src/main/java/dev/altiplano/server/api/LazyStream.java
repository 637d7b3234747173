package dev.altiplano.server.api;

import java.io.IOException;
import java.util.Optional;

/**
 * An event stream that begins with its first event. Until then a failure is a plain error with its
 * own status; after it, the failure is the last event.
 */
final class LazyStream implements AutoCloseable {
    private final HttpCall call;
    private Optional<EventStream> begun = Optional.empty();

    LazyStream(HttpCall call) {
        this.call = call;
    }

    /** Something that sends events. */
    @FunctionalInterface
    interface Sending {
        void run() throws IOException;
    }

    /** Runs {@code sending} and ends the stream properly, whether it fails or not. */
    void guard(Sending sending) throws IOException {
        try {
            sending.run();
        } catch (ApiException e) {
            if (begun.isEmpty()) {
                throw e;
            }
            send(e.body());
        }
        open().done();
    }

    void send(Object value) throws IOException {
        open().send(value);
    }

    void ping() throws IOException {
        open().ping();
    }

    private EventStream open() throws IOException {
        if (begun.isEmpty()) {
            begun = Optional.of(new EventStream(call));
        }
        return begun.get();
    }

    @Override
    public void close() throws IOException {
        if (begun.isPresent()) {
            begun.get().close();
        }
    }
}
