package dev.altiplano.server.api;

import java.util.List;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
final class Models {
    private static final String PATH = "/v1/models/";

    private final ApiContext context;

    Models(ApiContext context) {
        this.context = context;
    }

    void list(HttpCall call) {
        Answers.json(call, new ModelResponse.ModelList("list", List.of(model())));
    }

    /** A name may hold slashes. */
    void one(HttpCall call) {
        context.checkModel(Routes.single(call.path()).substring(PATH.length()));
        Answers.json(call, model());
    }

    private ModelResponse model() {
        ServedModel model = context.model();
        return new ModelResponse(
                model.name(),
                "model",
                context.created(),
                "altiplano",
                new ModelResponse.Facts(
                        model.contextTokens(),
                        context.vocabSize(),
                        model.parameters(),
                        model.sizeBytes()));
    }
}
