package dev.altiplano.server;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one client's socket, with time limits, and ahead of need: while a request is being answered
 * the next read is already under way, so that the end of the client's stream is seen at once, even
 * when nothing is being written to it. This is how Go's net/http sees a client go away.
 *
 * <p>Each read runs on a virtual thread of its own; at most one is under way. {@link #get} is for
 * the connection's thread, {@link #reading} for any.
 */
final class ClientReader implements Supplier<byte @Nullable []> {
    /** What the connection waits for, which decides how long it may take. */
    private enum Phase {
        IDLE,
        HEADERS,
        BODY
    }

    /** How long a client may go on with a body that was refused, and pause while it does. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration DRAIN_PAUSE = Duration.ofSeconds(1);

    private final HelidonSocket socket;
    private final ServerOptions.Timeouts timeouts;

    private @Nullable CompletableFuture<Optional<byte[]>> underWay;
    private boolean ended;
    private boolean drains;
    private Phase phase = Phase.IDLE;
    private long deadlineNanos;

    ClientReader(HelidonSocket socket, ServerOptions.Timeouts timeouts) {
        this.socket = socket;
        this.timeouts = timeouts;
        enter(Phase.IDLE, timeouts.idle());
    }

    /** The headers are complete: the body's time begins. */
    void headersRead() {
        enter(Phase.BODY, timeouts.body());
    }

    /** The request is answered: the wait for the next one begins. */
    void requestDone() {
        enter(Phase.IDLE, timeouts.idle());
    }

    /** No further request is read: the connection closes once the answer is out. */
    void endAfterAnswer() {
        ended = true;
    }

    /**
     * Asks to read and drop what the client still sends before the connection closes. Closing with
     * bytes unread resets the connection, and the client would lose the answer on its way.
     */
    void drainBeforeClose() {
        drains = true;
    }

    void drainIfAsked() throws InterruptedException {
        long endNanos = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        while (drains && System.nanoTime() < endNanos) {
            try {
                drains = reading().get(DRAIN_PAUSE.toNanos(), TimeUnit.NANOSECONDS).isPresent();
                taken();
            } catch (ExecutionException | TimeoutException e) {
                drains = false;
            }
        }
    }

    private void enter(Phase next, Duration timeout) {
        phase = next;
        deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** The next bytes of the client, or null at the end of its stream. */
    @Override
    public byte @Nullable [] get() {
        if (ended) {
            return null;
        }
        try {
            long nanos = Math.max(0, deadlineNanos - System.nanoTime());
            Optional<byte[]> bytes = reading().get(nanos, TimeUnit.NANOSECONDS);
            taken();
            if (phase == Phase.IDLE) {
                enter(Phase.HEADERS, timeouts.headers());
            }
            return bytes.orElse(null);
        } catch (TimeoutException e) {
            throw tooSlow(e);
        } catch (ExecutionException e) {
            throw new ServerConnectionException("the client's connection broke", e);
        } catch (InterruptedException e) {
            throw new CloseConnectionException("the server stops", e);
        }
    }

    /** The read under way; one is begun if there is none. Empty at the end of the stream. */
    synchronized CompletableFuture<Optional<byte[]>> reading() {
        if (underWay == null) {
            CompletableFuture<Optional<byte[]>> read = new CompletableFuture<>();
            underWay = read;
            Thread.ofVirtual().name("client-reader").start(() -> readInto(read));
        }
        return underWay;
    }

    private synchronized void taken() {
        underWay = null;
    }

    private void readInto(CompletableFuture<Optional<byte[]>> read) {
        try {
            read.complete(Optional.ofNullable(socket.get()));
        } catch (RuntimeException e) {
            read.completeExceptionally(e);
        }
    }

    private RuntimeException tooSlow(TimeoutException cause) {
        if (phase == Phase.IDLE) {
            return new CloseConnectionException("no request for " + timeouts.idle(), cause);
        }
        String part = phase == Phase.HEADERS ? "headers" : "body";
        Duration limit = phase == Phase.HEADERS ? timeouts.headers() : timeouts.body();
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .status(Status.REQUEST_TIMEOUT_408)
                .setKeepAlive(false)
                .message(
                        "The request's %s did not arrive within %d ms. Send them faster."
                                .formatted(part, limit.toMillis()))
                .cause(cause)
                .build();
    }
}
