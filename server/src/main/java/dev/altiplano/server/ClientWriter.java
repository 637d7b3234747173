package dev.altiplano.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes to one client's socket, and closes it when the client takes nothing for too long: a client
 * that never reads would otherwise hold its thread and its place for ever.
 */
final class ClientWriter implements DataWriter {
    private static final Logger LOG = System.getLogger(ClientWriter.class.getName());

    /** Closes sockets only, which does not block: one thread serves all connections. */
    private static final ScheduledThreadPoolExecutor CLOSER = closer();

    private final DataWriter inner;
    private final HelidonSocket socket;
    private final long timeoutNanos;

    ClientWriter(DataWriter inner, HelidonSocket socket, ServerOptions.Timeouts timeouts) {
        this.inner = inner;
        this.socket = socket;
        this.timeoutNanos = timeouts.write().toNanos();
    }

    private static ScheduledThreadPoolExecutor closer() {
        ScheduledThreadPoolExecutor closer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("client-closer").factory());
        closer.setRemoveOnCancelPolicy(true);
        return closer;
    }

    @Override
    public void write(BufferData... buffers) {
        timed(() -> inner.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(() -> inner.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(() -> inner.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(() -> inner.writeNow(buffer));
    }

    @Override
    public void close() {
        inner.close();
    }

    private void timed(Runnable writing) {
        Future<?> closing = CLOSER.schedule(this::hangUp, timeoutNanos, TimeUnit.NANOSECONDS);
        try {
            writing.run();
        } finally {
            closing.cancel(false);
        }
    }

    private void hangUp() {
        try {
            socket.close();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a client that does not read could not be closed", e);
        }
    }
}
