package dev.altiplano.server.api;

import dev.altiplano.compute.AltiplanoException;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is answered by an error: a status and the four fields of OpenAI's error object.
 * Made by the named factories, so that each kind of error has one status, type and code.
 */
public final class ApiException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    /** How long a server takes to come back after it was stopped. */
    private static final int RESTART_SECONDS = 10;

    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final String type;
    private final transient Optional<String> param;
    private final transient Optional<String> code;
    private final transient Map<String, String> headers;

    private ApiException(
            int status,
            String type,
            Optional<String> param,
            String code,
            String message,
            Map<String, String> headers) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = Optional.of(code);
        this.headers = headers;
    }

    private static ApiException badRequest(Optional<String> param, String code, String message) {
        return new ApiException(400, INVALID_REQUEST, param, code, message, Map.of());
    }

    private static ApiException ofStatus(int status, String code, String message) {
        String type = status >= 500 ? "server_error" : INVALID_REQUEST;
        return new ApiException(status, type, Optional.empty(), code, message, Map.of());
    }

    /** 400: the value at {@code param}, a JSON path, is of a wrong type or out of range. */
    public static ApiException invalidValue(String param, String message) {
        return badRequest(Optional.of(param), "invalid_value", message);
    }

    /** 400: the body is not JSON. */
    public static ApiException invalidJson(String message) {
        return badRequest(Optional.empty(), "invalid_json", message);
    }

    /** 400: the body is JSON beyond a limit of depth, string or number length. */
    public static ApiException jsonLimit(String message) {
        return badRequest(Optional.empty(), "json_limit", message);
    }

    /** 400: a known parameter, or a value of it, that this server does not offer. */
    public static ApiException unsupportedParameter(String param, String message) {
        return badRequest(Optional.of(param), "unsupported_parameter", message);
    }

    /** 400: prompt and answer do not fit in the model's context. */
    public static ApiException contextLengthExceeded(String param, String message) {
        return badRequest(Optional.of(param), "context_length_exceeded", message);
    }

    /** 400: the prompt alone leaves no room for an answer in the model's context. */
    public static ApiException promptTooLong(String param, int contextTokens, int promptTokens) {
        return contextLengthExceeded(
                param,
                "This model's maximum context length is %d tokens, but the prompt has %d. Shorten it."
                        .formatted(contextTokens, promptTokens));
    }

    /** 400: the request breaks HTTP. */
    public static ApiException badHttp(String message) {
        return badRequest(Optional.empty(), "bad_request", message);
    }

    /** 403: the Host or Origin header names a place that may not call this server. */
    public static ApiException forbidden(String code, String message) {
        return new ApiException(403, "permission_error", Optional.empty(), code, message, Map.of());
    }

    /** 404: a path that does not exist. */
    public static ApiException notFound(String message) {
        return ofStatus(404, "not_found", message);
    }

    /** 404: a model that is not served. */
    public static ApiException modelNotFound(String model, String served) {
        return new ApiException(
                404,
                INVALID_REQUEST,
                Optional.of("model"),
                "model_not_found",
                "The model '%s' is not served here. Use '%s', or see /v1/models."
                        .formatted(model, served),
                Map.of());
    }

    /** 405: the path exists, but not for this method; {@code allow} lists those it has. */
    public static ApiException methodNotAllowed(String method, String path, String allow) {
        return new ApiException(
                405,
                INVALID_REQUEST,
                Optional.empty(),
                "method_not_allowed",
                "%s does not take %s. Use %s.".formatted(path, method, allow),
                Map.of("allow", allow));
    }

    /** 408: the request came too slowly. */
    public static ApiException requestTimeout(String message) {
        return ofStatus(408, "request_timeout", message);
    }

    /** 413: the body is larger than the limit. */
    public static ApiException requestTooLarge(String message) {
        return ofStatus(413, "request_too_large", message);
    }

    /** 415: the body is not declared as JSON. */
    public static ApiException unsupportedMediaType(String message) {
        return ofStatus(415, "unsupported_media_type", message);
    }

    /** 429: as many requests wait as may; try again after {@code retryAfterSeconds}. */
    public static ApiException rateLimited(int retryAfterSeconds, String message) {
        return new ApiException(
                429,
                "rate_limit_error",
                Optional.empty(),
                "rate_limit_exceeded",
                message,
                Map.of("retry-after", Integer.toString(retryAfterSeconds)));
    }

    /** 500: a fault of the server; {@code requestId} finds it in the log. */
    public static ApiException internalError(String requestId) {
        return ofStatus(
                500,
                "internal_error",
                "The server failed on this request. Its id in the log is %s.".formatted(requestId));
    }

    /** 503: the server is being stopped; another one may take its place. */
    public static ApiException shuttingDown() {
        return new ApiException(
                503,
                "server_error",
                Optional.empty(),
                "overloaded",
                "The server is being stopped. Try again later.",
                Map.of("retry-after", Integer.toString(RESTART_SECONDS)));
    }

    /** 503: a defect has ended the engine. Trying again is no use, so nothing says when. */
    public static ApiException engineEnded() {
        return ofStatus(
                503,
                "engine_ended",
                "The engine was ended by a defect, which the log tells of. Start the server again.");
    }

    /** An error that the web server found in the request before any endpoint saw it. */
    public static ApiException ofHttp(int status, String message) {
        String code =
                switch (status) {
                    case 400 -> "bad_request";
                    case 408 -> "request_timeout";
                    case 413 -> "request_too_large";
                    case 414 -> "uri_too_long";
                    case 415 -> "unsupported_media_type";
                    case 431 -> "headers_too_large";
                    case 501 -> "not_implemented";
                    case 503 -> "overloaded";
                    case 505 -> "http_version_not_supported";
                    default -> status >= 500 ? "internal_error" : "bad_request";
                };
        return ofStatus(status, code, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Headers that go with the error: {@code allow}, {@code retry-after}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body to be sent. */
    public ErrorResponse body() {
        return ErrorResponse.of(getMessage(), type, param, code);
    }
}
