package dev.altiplano.server.api;

/** {@code GET /health}: 200 as long as the engine can answer, 503 once a defect has ended it. */
final class Health implements Endpoint {
    private final ServedModel model;

    Health(ServedModel model) {
        this.model = model;
    }

    @Override
    public void handle(HttpCall call) {
        if (!model.isAlive()) {
            throw ApiException.engineEnded();
        }
        Answers.json(call, HealthResponse.ok(model.kernelTier(), model.kvType()));
    }
}
