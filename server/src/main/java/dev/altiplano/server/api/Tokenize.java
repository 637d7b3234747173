package dev.altiplano.server.api;

import dev.altiplano.model.token.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        List<Integer> ids = new ArrayList<>();
        if (request.addSpecial() && tokenizer.addsBos()) {
            tokenizer.bosId().ifPresent(ids::add);
        }
        for (int id : tokenizer.encode(request.content())) {
            ids.add(id);
        }
        Optional<List<String>> pieces =
                request.withPieces()
                        ? Optional.of(ids.stream().map(tokenizer::text).toList())
                        : Optional.empty();
        Answers.json(call, new TokenizeResponse(ids, ids.size(), pieces));
    }
}
