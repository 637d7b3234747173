package dev.altiplano.server.api;

import java.util.List;

/** One served model, in the shape of {@code /v1/models/{id}}. */
record ModelResponse(String id, String object, long created, String ownedBy, Facts altiplano) {
    /** What OpenAI's shape has no place for. */
    record Facts(int contextLength, int vocabSize, long parameters, long sizeBytes) {}

    /** The answer of {@code /v1/models}. */
    record ModelList(String object, List<ModelResponse> data) {}
}
