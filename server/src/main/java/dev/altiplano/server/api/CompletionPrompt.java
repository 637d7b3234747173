package dev.altiplano.server.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One prompt of a completion: text to be encoded, or ids to be taken as they are. */
sealed interface CompletionPrompt {
    /** Text; the begin token is put before it if the model wants one. */
    record Text(String text) implements CompletionPrompt {}

    /** Ids, complete: nothing is put before them, so that the caller's positions hold. */
    record Ids(List<Integer> ids) implements CompletionPrompt {
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    int PROMPTS_MAX = 2048;
    int IDS_MAX = 1 << 20;

    /** A string, strings, ids, or arrays of ids: the four forms of {@code prompt}. */
    static List<CompletionPrompt> read(JsonFields fields, int vocabSize) {
        JsonNode prompt = fields.node("prompt").orElseThrow(() -> fields.missing("prompt"));
        if (prompt.isString()) {
            return List.of(new Text(JsonFields.string(prompt, "prompt")));
        }
        if (!prompt.isArray()) {
            throw JsonFields.wrongType("prompt", "a string or an array", prompt);
        }
        if (prompt.isEmpty()) {
            throw ApiException.invalidValue(
                    "prompt", "'prompt' is an empty array. Give at least one prompt.");
        }
        if (prompt.get(0).isNumber()) {
            return List.of(ids(fields, prompt, "prompt", vocabSize));
        }
        List<CompletionPrompt> prompts = new ArrayList<>();
        for (JsonFields.Item item : fields.items(prompt, "prompt", PROMPTS_MAX)) {
            prompts.add(
                    item.node().isArray()
                            ? ids(fields, item.node(), item.path(), vocabSize)
                            : new Text(JsonFields.string(item.node(), item.path())));
        }
        return List.copyOf(prompts);
    }

    private static Ids ids(JsonFields fields, JsonNode array, String path, int vocabSize) {
        List<Integer> ids = new ArrayList<>(array.size());
        for (JsonFields.Item item : fields.items(array, path, IDS_MAX)) {
            ids.add((int) JsonFields.integer(item.node(), item.path(), 0, vocabSize - 1));
        }
        return new Ids(ids);
    }
}
