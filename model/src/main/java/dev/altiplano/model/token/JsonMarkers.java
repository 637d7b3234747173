package dev.altiplano.model.token;

import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.token.BpeTokenizer.Markers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
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
        Set<Integer> stops = new HashSet<>();
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
