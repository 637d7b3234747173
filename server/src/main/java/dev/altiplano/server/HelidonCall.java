package dev.altiplano.server;

import dev.altiplano.server.api.ApiException;
import dev.altiplano.server.api.HttpCall;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A call as Helidon gives it. */
final class HelidonCall implements HttpCall {
    private final ServerRequest request;
    private final ServerResponse response;
    private final ClientReader clientReader;
    private final HttpErrors httpErrors;
    private final String requestId;
    private boolean answered;

    /** Whether the connection ends with this call: the client wants so, or its body broke. */
    private boolean last;

    HelidonCall(
            ServerRequest request,
            ServerResponse response,
            ClientReader clientReader,
            HttpErrors httpErrors,
            String requestId) {
        this.request = request;
        this.response = response;
        this.clientReader = clientReader;
        this.httpErrors = httpErrors;
        this.requestId = requestId;
        this.last = request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /**
     * Closes the connection after the last call. Helidon says {@code Connection: close} but goes on
     * reading until the client closes.
     */
    void closeIfLast() {
        if (last) {
            clientReader.endAfterAnswer();
        }
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return request.path().path();
    }

    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public InputStream body() {
        return request.content().hasEntity()
                ? new Body(request.content().inputStream(), this::bodyBroken)
                : InputStream.nullInputStream();
    }

    private ApiException bodyBroken(RuntimeException cause) {
        last = true;
        response.header(HeaderValues.CONNECTION_CLOSE);
        if (!(cause instanceof RequestException refusal)) {
            return ApiException.badHttp("A chunk of the body has no length. Send its size in hex.");
        }
        if (refusal.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
            clientReader.drainBeforeClose();
        }
        return httpErrors.ofBody(refusal);
    }

    @Override
    public void answerHeader(String name, String value) {
        if (!answered) {
            response.header(HeaderNames.create(name), value);
        }
    }

    @Override
    public void answer(int status, String contentType, byte[] body) {
        answered = true;
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        if (method().equals("HEAD")) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    @Override
    public OutputStream answerStream(String contentType) throws IOException {
        answered = true;
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        OutputStream stream = new Chunks(response.outputStream());
        stream.flush();
        return stream;
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public ClientWatch whenClientGone(Runnable action) {
        CompletableFuture<?> watch =
                clientReader
                        .reading()
                        .handle(
                                (bytes, failure) -> {
                                    if (failure != null || bytes.isEmpty()) {
                                        action.run();
                                    }
                                    return null;
                                });
        return () -> watch.cancel(false);
    }

    /** Turns Helidon's findings while a body is read into our errors. */
    private static final class Body extends FilterInputStream {
        private final Function<RuntimeException, ApiException> broken;

        Body(InputStream body, Function<RuntimeException, ApiException> broken) {
            super(body);
            this.broken = broken;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (RequestException | NumberFormatException e) {
                throw broken.apply(e);
            } catch (DataReader.InsufficientDataAvailableException e) {
                throw new IOException("the client left in the middle of its request", e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (RequestException | NumberFormatException e) {
                throw broken.apply(e);
            } catch (DataReader.InsufficientDataAvailableException e) {
                throw new IOException("the client left in the middle of its request", e);
            }
        }
    }

    /** Turns Helidon's report of a broken connection into the exception it stands for. */
    private static final class Chunks extends FilterOutputStream {
        Chunks(OutputStream chunks) {
            super(chunks);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (ServerConnectionException e) {
                throw new IOException("the client is gone", e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (ServerConnectionException e) {
                throw new IOException("the client is gone", e);
            }
        }
    }
}
