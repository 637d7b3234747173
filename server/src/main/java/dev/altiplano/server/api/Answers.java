package dev.altiplano.server.api;

/** Sends the two usual kinds of answers: a record as JSON, and an error. */
public final class Answers {
    static final String JSON = "application/json";

    private Answers() {}

    /** Sends {@code value} as JSON with status 200. */
    static void json(HttpCall call, Object value) {
        call.answerHeader("cache-control", "no-store");
        call.answer(200, JSON, ApiJson.bytes(value));
    }

    /** Sends an error in OpenAI's shape. */
    public static void error(HttpCall call, ApiException error) {
        error.headers().forEach(call::answerHeader);
        call.answerHeader("cache-control", "no-store");
        call.answer(error.status(), JSON, errorBytes(error));
    }

    /** The error's body, for where there is no call yet. */
    public static byte[] errorBytes(ApiException error) {
        return ApiJson.bytes(error.body());
    }
}
