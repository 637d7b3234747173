package dev.altiplano.server.api;

import java.io.IOException;

/** {@code POST /detokenize}. */
final class Detokenize implements Endpoint {
    private final ApiContext context;

    Detokenize(ApiContext context) {
        this.context = context;
    }

    @Override
    public void handle(HttpCall call) throws IOException {
        DetokenizeRequest request =
                DetokenizeRequest.read(JsonBody.read(call), context.vocabSize());
        ApiContext.nameIgnored(call, request.ignored());
        int[] ids = request.tokens().stream().mapToInt(Integer::intValue).toArray();
        Answers.json(call, new DetokenizeResponse(context.model().tokenizer().decode(ids)));
    }
}
