package dev.altiplano.model.token;

import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.token.BpeTokenizer.Markers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How texts begin and end, from the files of a Hugging Face folder: {@code tokenizer_config.json}
 * goes before the post-processor of {@code tokenizer.json}; ends also come from {@code
 * generation_config.json} and {@code config.json}.
 */
final class JsonMarkers {
    private static final List<String> BOS_KNOWN = List.of("<|begin_of_text|>", "<s>");

    private final Path folder;
    private final AddedTokens tokens;
    private final int vocabSize;

    JsonMarkers(Path folder, AddedTokens tokens, int vocabSize) {
        this.folder = folder;
        this.tokens = tokens;
        this.vocabSize = vocabSize;
    }

    /** {@code tokenizerJson} is the document of {@code tokenizer.json}. */
    Markers read(JsonAt tokenizerJson) throws IOException {
        Optional<JsonAt> config = file("tokenizer_config.json");
        Optional<String> processed =
                tokenizerJson.find("post_processor").flatMap(JsonMarkers::firstSpecial);
        OptionalInt bos =
                config.flatMap(found -> found.find("bos_token"))
                        .map(JsonMarkers::tokenText)
                        .or(() -> processed)
                        .map(this::specialId)
                        .orElseGet(this::knownBos);
        boolean adds =
                config.flatMap(found -> found.find("add_bos_token"))
                        .map(JsonAt::bool)
                        .orElse(processed.isPresent());
        return new Markers(bos, adds && bos.isPresent(), StopTexts.idsIn(tokens, stops(config)));
    }

    /** The id of a token that {@code tokenizer_config.json} names, such as {@code eos_token}. */
    OptionalInt named(String key) throws IOException {
        return file("tokenizer_config.json")
                .flatMap(found -> found.find(key))
                .map(token -> specialId(tokenText(token)))
                .orElse(OptionalInt.empty());
    }

    /** The token that ends a text: as the tokenizer names it, or the first that the model names. */
    OptionalInt eosId() throws IOException {
        OptionalInt named = named("eos_token");
        Set<Integer> stops = stops(Optional.empty());
        return named.isPresent() || stops.isEmpty()
                ? named
                : OptionalInt.of(stops.iterator().next());
    }

    /** The chat template, from the configuration or, in newer folders, a file of its own. */
    Optional<String> chatTemplate() throws IOException {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            return Optional.of(Files.readString(file));
        }
        return file("tokenizer_config.json")
                .flatMap(found -> found.find("chat_template"))
                .filter(template -> template.value() instanceof Json.Str)
                .map(JsonAt::string);
    }

    private Optional<JsonAt> file(String name) throws IOException {
        Path path = folder.resolve(name);
        return Files.exists(path)
                ? Optional.of(JsonAt.root(name, Json.read(path)))
                : Optional.empty();
    }

    /** The special token that a template puts in front of a text. */
    private static Optional<String> firstSpecial(JsonAt processor) {
        return switch (processor.require("type").string()) {
            case "Sequence" ->
                    processor.require("processors").items().stream()
                            .flatMap(inner -> firstSpecial(inner).stream())
                            .findFirst();
            case "TemplateProcessing" ->
                    processor.require("single").items().stream()
                            .findFirst()
                            .flatMap(first -> first.find("SpecialToken"))
                            .map(special -> special.require("id").string());
            default -> Optional.empty();
        };
    }

    /** Old files write a token as its text, newer ones as an object with flags. */
    private static String tokenText(JsonAt token) {
        return token.value() instanceof Json.Obj
                ? token.require("content").string()
                : token.string();
    }

    private OptionalInt specialId(String text) {
        int id = tokens.specialId(text);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private OptionalInt knownBos() {
        return BOS_KNOWN.stream()
                .map(this::specialId)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private Set<Integer> stops(Optional<JsonAt> config) throws IOException {
        Set<Integer> stops = new LinkedHashSet<>();
        config.flatMap(found -> found.find("eos_token"))
                .map(token -> specialId(tokenText(token)))
                .ifPresent(id -> id.ifPresent(stops::add));
        for (String name : List.of("generation_config.json", "config.json")) {
            file(name).flatMap(found -> found.find("eos_token_id")).ifPresent(id -> add(id, stops));
        }
        return stops;
    }

    private void add(JsonAt id, Set<Integer> stops) {
        if (id.value() instanceof Json.Arr) {
            id.items().forEach(item -> add(item, stops));
        } else {
            stops.add(id.integer(0, vocabSize - 1));
        }
    }
}
