package dev.altiplano.server.api;

import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}, for Prometheus. */
final class Metrics implements Endpoint {
    private final ServerMetrics metrics;

    Metrics(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpCall call) {
        call.answerHeader("cache-control", "no-store");
        call.answer(
                200, ServerMetrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
