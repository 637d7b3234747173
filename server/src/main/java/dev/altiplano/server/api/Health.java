package dev.altiplano.server.api;

/** {@code GET /health}. */
final class Health implements Endpoint {
    @Override
    public void handle(HttpCall call) {
        Answers.json(call, new HealthResponse("ok"));
    }
}
