package dev.altiplano.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One HTTP request and its answer, as the endpoints see them; the web server behind it implements
 * it. Used by the one thread that handles the request, save where a method says otherwise.
 */
public interface HttpCall {
    /** In upper case, as sent: GET, POST. */
    String method();

    /** The path decoded, without the query, always starting with a slash. */
    String path();

    /** The first value of a request header; the name's case does not matter. */
    Optional<String> header(String name);

    /** The time-ordered id of this request; it is sent as {@code x-request-id} in any case. */
    String requestId();

    /**
     * The request's body, to be read once.
     *
     * @throws ApiException while reading: 413 when it is too large, 408 when it comes too slowly
     */
    InputStream body();

    /** Sets a header of the answer; without effect on the wire once the answer has begun. */
    void answerHeader(String name, String value);

    /** Sends the whole answer. */
    void answer(int status, String contentType, byte[] body);

    /** Sends status 200 and the headers at once; each flush of the stream reaches the client. */
    OutputStream answerStream(String contentType) throws IOException;

    /** Whether a part of the answer has left already, so that its status cannot change. */
    boolean isAnswered();

    /**
     * Runs {@code action} once, on another thread, when the client closes its side while the
     * request is still being handled. Closing the watch ends it.
     */
    ClientWatch whenClientGone(Runnable action);

    /** A running watch for the client's going away. */
    interface ClientWatch extends AutoCloseable {
        @Override
        void close();
    }
}
