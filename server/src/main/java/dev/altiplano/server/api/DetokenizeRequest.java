package dev.altiplano.server.api;

import java.util.ArrayList;
import java.util.List;

/** A call to {@code /detokenize}. */
record DetokenizeRequest(List<Integer> tokens, List<String> ignored) {
    static DetokenizeRequest read(JsonFields fields, int vocabSize) {
        if (fields.node("tokens").isEmpty()) {
            throw fields.missing("tokens");
        }
        List<Integer> tokens = new ArrayList<>();
        for (JsonFields.Item item : fields.array("tokens", CompletionPrompt.IDS_MAX)) {
            tokens.add((int) JsonFields.integer(item.node(), item.path(), 0, vocabSize - 1));
        }
        return new DetokenizeRequest(List.copyOf(tokens), fields.ignored());
    }
}
