package dev.altiplano.model.chat;

import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.file.SafetensorsFolder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model's files say about talking to it.
 *
 * @param templates chat templates by name; the only or main one is {@code default}
 * @param specialTokens token texts by the names that templates use, such as {@code bos_token}
 * @param family the family whose format is written by hand, where the model is of one
 */
record ChatSource(
        Map<String, String> templates,
        Map<String, String> specialTokens,
        Optional<LlamaFamily> family) {
    static final String DEFAULT = "default";

    private static final String TEMPLATE_KEY = "tokenizer.chat_template";

    /** GGUF's keys of special token ids, and what templates call those tokens. */
    private static final Map<String, String> ID_KEYS =
            Map.of(
                    "tokenizer.ggml.bos_token_id", "bos_token",
                    "tokenizer.ggml.eos_token_id", "eos_token",
                    "tokenizer.ggml.unknown_token_id", "unk_token",
                    "tokenizer.ggml.padding_token_id", "pad_token");

    static ChatSource of(GgufFile file) {
        GgufMetadata metadata = file.metadata();
        Map<String, String> templates = new LinkedHashMap<>();
        metadata.string(TEMPLATE_KEY).ifPresent(text -> templates.put(DEFAULT, text));
        for (String key : metadata.keys()) {
            if (key.startsWith(TEMPLATE_KEY + ".")) {
                metadata.string(key)
                        .ifPresent(
                                text ->
                                        templates.put(
                                                key.substring(TEMPLATE_KEY.length() + 1), text));
            }
        }
        List<String> tokens = metadata.strings("tokenizer.ggml.tokens").orElse(List.of());
        return new ChatSource(templates, specialTokens(metadata, tokens), family(metadata, tokens));
    }

    private static Map<String, String> specialTokens(GgufMetadata metadata, List<String> tokens) {
        Map<String, String> specialTokens = new LinkedHashMap<>();
        ID_KEYS.forEach(
                (key, name) -> {
                    OptionalLong id = metadata.integer(key);
                    if (id.isPresent() && id.getAsLong() >= 0 && id.getAsLong() < tokens.size()) {
                        specialTokens.put(name, tokens.get((int) id.getAsLong()));
                    }
                });
        return specialTokens;
    }

    private static Optional<LlamaFamily> family(GgufMetadata metadata, List<String> tokens) {
        String architecture = metadata.string("general.architecture").orElse("");
        if (!architecture.startsWith("llama")) {
            return Optional.empty();
        }
        return LlamaFamily.of(
                new HashSet<>(tokens)::contains,
                metadata.string("tokenizer.ggml.model").equals(Optional.of("llama")),
                tokens.size(),
                metadata.integer(architecture + ".embedding_length").orElse(0));
    }

    static ChatSource of(SafetensorsFolder folder) {
        return new ChatFolder(folder).source();
    }
}
