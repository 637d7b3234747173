package dev.altiplano.server.api;

import dev.altiplano.model.token.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code POST /tokenize}. */
final class Tokenize implements Endpoint {
    private final ApiContext context;

    Tokenize(ApiContext context) {
        this.context = context;
    }

    @Override
    public void handle(HttpCall call) throws IOException {
        TokenizeRequest request = TokenizeRequest.read(JsonBody.read(call));
        ApiContext.nameIgnored(call, request.ignored());
        Tokenizer tokenizer = context.model().tokenizer();
        String text = request.content();
        int[] encoded = request.addSpecial() ? tokenizer.encodeWhole(text) : tokenizer.encode(text);
        List<Integer> ids = IntStream.of(encoded).boxed().toList();
        Optional<List<String>> pieces =
                request.withPieces()
                        ? Optional.of(ids.stream().map(tokenizer::text).toList())
                        : Optional.empty();
        Answers.json(call, new TokenizeResponse(ids, ids.size(), pieces));
    }
}
