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
import org.jspecify.annotations.Nullable;

/**
 * Answers what Helidon refuses before (or outside of) an endpoint, such as broken HTTP, in the same
 * shape as every other error.
 */
final class HttpErrors implements DirectHandler {
    private static final Status HEADERS_TOO_LARGE =
            Status.create(431, "Request Header Fields Too Large");

    private final RequestIds ids;
    private final int bodyBytesMax;

    HttpErrors(RequestIds ids, int bodyBytesMax) {
        this.ids = ids;
        this.bodyBytesMax = bodyBytesMax;
    }

    DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType event : EventType.values()) {
            handlers.addHandler(event, this);
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
        Status meant = meant(status, request, message);
        ApiException error = error(meant, message, requestId);
        return TransportResponse.builder()
                .status(meant)
                .headers(headers)
                .header(HeaderNames.create("x-request-id"), requestId)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(false)
                .entity(Answers.errorBytes(error))
                .build();
    }

    /** Helidon calls a header block beyond its limit and an encoded body plain bad requests. */
    private static Status meant(Status status, TransportRequest request, @Nullable String message) {
        if ("Header size exceeded".equals(message)) {
            return HEADERS_TOO_LARGE;
        }
        boolean isBad = status.code() == Status.BAD_REQUEST_400.code();
        return isBad && request.headers().contains(HeaderNames.CONTENT_ENCODING)
                ? Status.UNSUPPORTED_MEDIA_TYPE_415
                : status;
    }

    private ApiException error(Status status, @Nullable String message, String requestId) {
        return status.code() == Status.INTERNAL_SERVER_ERROR_500.code()
                ? ApiException.internalError(requestId)
                : ApiException.ofHttp(status.code(), message(status, message));
    }

    /** The error for what was found while a body was read. */
    ApiException ofBody(RequestException refusal) {
        String told = refusal.safeMessage() ? refusal.getMessage() : null;
        return ApiException.ofHttp(refusal.status().code(), message(refusal.status(), told));
    }

    private String message(Status status, @Nullable String told) {
        return switch (status.code()) {
            case 413 ->
                    "The body is larger than %d bytes, the most that is taken. Send less."
                            .formatted(bodyBytesMax);
            case 414 ->
                    "The request line is longer than %d bytes, the most that is taken. Shorten the address."
                            .formatted(ClientConnections.REQUEST_LINE_BYTES_MAX);
            case 415 -> "The body has a Content-Encoding. Send it as it is, not compressed.";
            case 431 ->
                    "The headers are larger than %d bytes, the most that is taken. Send fewer of them."
                            .formatted(ClientConnections.HEADER_BYTES_MAX);
            default ->
                    told == null || told.isBlank()
                            ? "The request was refused: %d %s."
                                    .formatted(status.code(), status.reasonPhrase())
                            : told;
        };
    }
}
