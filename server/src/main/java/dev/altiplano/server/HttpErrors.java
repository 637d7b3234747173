package dev.altiplano.server;

import dev.altiplano.server.api.Answers;
import dev.altiplano.server.api.ApiException;
import dev.altiplano.server.api.RequestIds;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Helidon refuses before (or outside of) an endpoint, such as broken HTTP, in the same
 * shape as every other error.
 */
final class HttpErrors implements DirectHandler {
    private static final int HEADERS_TOO_LARGE = 431;

    private final RequestIds ids;

    private HttpErrors(RequestIds ids) {
        this.ids = ids;
    }

    static DirectHandlers handlers(RequestIds ids) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType event : EventType.values()) {
            handlers.addHandler(event, new HttpErrors(ids));
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        String requestId = ids.next("req_");
        if (status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
            ClientConnection.CURRENT.get().clientReader().drainBeforeClose();
        }
        ApiException error = error(status, Optional.ofNullable(message), requestId);
        return TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .header(HeaderNames.create("x-request-id"), requestId)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(false)
                .entity(Answers.errorBytes(error))
                .build();
    }

    private static ApiException error(Status status, Optional<String> message, String requestId) {
        if (status.code() == Status.INTERNAL_SERVER_ERROR_500.code()) {
            return ApiException.internalError(requestId);
        }
        // Helidon reports a header block beyond its limit as a plain bad request.
        if (message.filter("Header size exceeded"::equals).isPresent()) {
            return ApiException.ofHttp(
                    HEADERS_TOO_LARGE, "The request's headers are too large. Send fewer of them.");
        }
        return ApiException.ofHttp(status.code(), message.orElseGet(() -> generic(status)));
    }

    /** What may be told of a refusal: the message if it is meant for clients, else the status. */
    static String message(RequestException refusal) {
        String message = refusal.getMessage();
        return refusal.safeMessage() && message != null && !message.isBlank()
                ? message
                : generic(refusal.status());
    }

    private static String generic(Status status) {
        return "The request was refused: %d %s.".formatted(status.code(), status.reasonPhrase());
    }
}
