package dev.altiplano.model.chat;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.jinja.TemplateLimits;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The chat files of a Hugging Face folder: {@code chat_template.jinja} and {@code
 * additional_chat_templates/*.jinja} before {@code chat_template.json} before the entry in {@code
 * tokenizer_config.json}, which is one template or a list of named ones.
 */
final class ChatFolder {
    private static final String TEMPLATE_FILE = "chat_template.jinja";
    private static final String NAMED_FILES = "additional_chat_templates";
    private static final String TEMPLATE_JSON = "chat_template.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TEMPLATE_KEY = "chat_template";
    private static final int NAMED_FILES_MAX = 16;

    private static final List<String> TOKEN_KEYS =
            List.of("bos_token", "eos_token", "unk_token", "pad_token");

    private final SafetensorsFolder folder;
    private final Optional<JsonAt> tokenizerConfig;

    ChatFolder(SafetensorsFolder folder) {
        this.folder = folder;
        this.tokenizerConfig = json(TOKENIZER_CONFIG);
    }

    ChatSource source() {
        return new ChatSource(templates(), specialTokens(), family());
    }

    private Optional<JsonAt> json(String name) {
        return folder.file(name).map(file -> JsonAt.root(name, Json.read(file)));
    }

    private Map<String, String> templates() {
        Map<String, String> templates = new LinkedHashMap<>();
        tokenizerConfig
                .flatMap(config -> config.find(TEMPLATE_KEY))
                .ifPresent(entry -> addEntry(entry, templates));
        json(TEMPLATE_JSON)
                .flatMap(config -> config.find(TEMPLATE_KEY))
                .ifPresent(entry -> addEntry(entry, templates));
        folder.file(TEMPLATE_FILE).ifPresent(file -> templates.put(ChatSource.DEFAULT, read(file)));
        for (Path file : namedFiles()) {
            String name = String.valueOf(file.getFileName());
            templates.put(name.substring(0, name.length() - ".jinja".length()), read(file));
        }
        return templates;
    }

    private static void addEntry(JsonAt entry, Map<String, String> templates) {
        if (entry.value() instanceof Json.Str template) {
            templates.put(ChatSource.DEFAULT, template.value());
            return;
        }
        for (JsonAt named : entry.items()) {
            templates.put(named.require("name").string(), named.require("template").string());
        }
    }

    private List<Path> namedFiles() {
        Path named = folder.path().resolve(NAMED_FILES);
        if (!Files.isDirectory(named)) {
            return List.of();
        }
        try (var files = Files.list(named)) {
            return files.filter(file -> file.toString().endsWith(".jinja"))
                    .sorted()
                    .limit(NAMED_FILES_MAX)
                    .toList();
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(named, failure);
        }
    }

    private static String read(Path file) {
        try {
            long bytesMax = 4L * TemplateLimits.DEFAULT.templateChars();
            if (Files.size(file) > bytesMax) {
                throw new ModelFormatException(
                        "%s: expected a template of at most %d bytes, found %d. Download it again."
                                .formatted(file, bytesMax, Files.size(file)));
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(file, failure);
        }
    }

    /** A token is a string, or an object that says more about it. */
    private Map<String, String> specialTokens() {
        Map<String, String> specialTokens = new LinkedHashMap<>();
        for (String key : TOKEN_KEYS) {
            tokenizerConfig
                    .flatMap(config -> config.find(key))
                    .map(
                            token ->
                                    token.value() instanceof Json.Obj
                                            ? token.require("content").string()
                                            : token.string())
                    .ifPresent(token -> specialTokens.put(key, token));
        }
        return specialTokens;
    }

    private Optional<LlamaFamily> family() {
        JsonAt config = JsonAt.root("config.json", folder.config());
        JsonAt text = config.find("text_config").orElse(config);
        String type = config.find("model_type").map(JsonAt::string).orElse("");
        if (!type.startsWith("llama")) {
            return Optional.empty();
        }
        Set<String> tokens = addedTokens();
        return LlamaFamily.of(
                tokens::contains,
                folder.file("tokenizer.model").isPresent() && tokens.size() < 10,
                text.find("vocab_size").map(size -> size.integer(0, Long.MAX_VALUE)).orElse(0L),
                text.find("hidden_size").map(size -> size.integer(0, Long.MAX_VALUE)).orElse(0L));
    }

    /** The tokens that were put beside the vocabulary, as control tokens are. */
    private Set<String> addedTokens() {
        Set<String> tokens = new HashSet<>();
        tokenizerConfig
                .flatMap(config -> config.find("added_tokens_decoder"))
                .ifPresent(
                        decoder ->
                                decoder.object()
                                        .members()
                                        .keySet()
                                        .forEach(
                                                id ->
                                                        tokens.add(
                                                                decoder.require(id)
                                                                        .require("content")
                                                                        .string())));
        if (tokens.isEmpty()) {
            json(TOKENIZER)
                    .flatMap(tokenizer -> tokenizer.find("added_tokens"))
                    .ifPresent(
                            added ->
                                    added.items()
                                            .forEach(
                                                    token ->
                                                            tokens.add(
                                                                    token.require("content")
                                                                            .string())));
        }
        return tokens;
    }
}
