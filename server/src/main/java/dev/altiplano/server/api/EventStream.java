package dev.altiplano.server.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events, each flushed at once. The headers leave with the first of them, so until then
 * an error can still be a plain answer.
 */
final class EventStream implements AutoCloseable {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream stream;
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();

    EventStream(HttpCall call) throws IOException {
        call.answerHeader("cache-control", "no-store");
        call.answerHeader("x-accel-buffering", "no");
        stream = call.answerStream("text/event-stream; charset=utf-8");
    }

    void send(Object value) throws IOException {
        event.reset();
        event.writeBytes(DATA);
        event.writeBytes(ApiJson.bytes(value));
        event.writeBytes(END);
        write(event.toByteArray());
    }

    /** A comment: keeps proxies from closing a silent stream, and notices a client that left. */
    void ping() throws IOException {
        write(PING);
    }

    void done() throws IOException {
        write(DONE);
    }

    private void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
