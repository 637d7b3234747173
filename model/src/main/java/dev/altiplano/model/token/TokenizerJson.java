package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A {@code tokenizer.json}, as Hugging Face's tokenizers library writes it: its tokens by id, its
 * merges, and what it does to text. Byte-pair encoding only; what it does not know it names and
 * refuses.
 */
final class TokenizerJson {
    /** Ids that no token has; real files leave a few hundred out at most. */
    private static final int GAPS_MAX = 1 << 16;

    private final JsonAt root;
    private final JsonAt model;
    private final JsonTextPipeline pipeline;
    private final boolean byteFallback;
    private final int idMax;

    /** The token of each id as the file spells it; gaps between ids are empty and unused. */
    private String[] pieces = new String[1024];

    private TokenKind[] kinds = new TokenKind[1024];
    private int size;

    private TokenizerJson(JsonAt root) {
        this.root = root;
        this.model = root.require("model");
        requireBpe();
        this.pipeline = JsonTextPipeline.read(root);
        this.byteFallback = model.find("byte_fallback").map(JsonAt::bool).orElse(false);
        this.idMax = idMax();
        readVocabulary();
        readAddedTokens();
    }

    /** One id far away must not cost memory for all the ids below it. */
    private int idMax() {
        int tokens =
                model.require("vocab").object().members().size()
                        + root.find("added_tokens").map(JsonAt::items).orElse(List.of()).size();
        return Math.min(Vocabulary.TOKENS_MAX - 1, tokens + GAPS_MAX);
    }

    static TokenizerJson read(Path path) throws IOException {
        return new TokenizerJson(JsonAt.root(String.valueOf(path.getFileName()), Json.read(path)));
    }

    private void requireBpe() {
        // Files before 2020 do not name the type; only byte-pair encoding has merges.
        String type = model.find("type").map(JsonAt::string).orElse("BPE");
        if (!type.equals("BPE") || model.find("merges").isEmpty()) {
            throw new ModelFormatException(
                    "%s, model: expected BPE with merges, found %s. Convert the model to GGUF."
                            .formatted(root.file(), type));
        }
        for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (!model.find(key).map(JsonAt::string).orElse("").isEmpty()) {
                throw model.require(key).expected("none");
            }
        }
    }

    private void readVocabulary() {
        boolean hasByteTokens = byteFallback && pipeline.spelling() == Spelling.SENTENCE_PIECE;
        JsonAt vocab = model.require("vocab");
        for (Map.Entry<String, Json> entry : vocab.object().members().entrySet()) {
            String piece = entry.getKey();
            boolean isByte = hasByteTokens && Spelling.byteOf(piece) >= 0;
            put(
                    new JsonAt(root.file(), "model.vocab", entry.getValue()),
                    piece,
                    isByte ? TokenKind.BYTE : TokenKind.NORMAL);
        }
    }

    private void readAddedTokens() {
        String unknown = model.find("unk_token").map(JsonAt::string).orElse("");
        for (JsonAt token : root.find("added_tokens").map(JsonAt::items).orElse(List.of())) {
            String content = token.require("content").string();
            boolean isSpecial = token.find("special").map(JsonAt::bool).orElse(false);
            for (String key : List.of("single_word", "lstrip", "rstrip")) {
                if (token.find(key).map(JsonAt::bool).orElse(false)) {
                    throw token.require(key).expected("false");
                }
            }
            put(
                    token.require("id"),
                    content,
                    content.equals(unknown)
                            ? TokenKind.UNKNOWN
                            : isSpecial ? TokenKind.CONTROL : TokenKind.USER_DEFINED);
        }
    }

    /** Added tokens may stand in the vocabulary, too; then they must have the same text there. */
    private void put(JsonAt idAt, String piece, TokenKind kind) {
        int id = idAt.integer(0, idMax);
        if (id >= pieces.length) {
            int capacity = Math.min(Vocabulary.TOKENS_MAX, Math.max(id + 1, pieces.length * 2));
            pieces = Arrays.copyOf(pieces, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
        }
        while (size <= id) {
            pieces[size] = "";
            kinds[size++] = TokenKind.UNUSED;
        }
        boolean isTaken = kinds[id] != TokenKind.UNUSED;
        if (piece.isEmpty() || (isTaken && !pieces[id].equals(piece))) {
            throw new ModelFormatException(
                    "%s: expected one text for token %d, found '%s' and '%s'. Download the file again."
                            .formatted(root.file(), id, pieces[id], piece));
        }
        pieces[id] = piece;
        kinds[id] = kind;
    }

    JsonAt root() {
        return root;
    }

    JsonTextPipeline pipeline() {
        return pipeline;
    }

    int size() {
        return size;
    }

    String piece(int id) {
        return pieces[id];
    }

    TokenKind kind(int id) {
        return kinds[id];
    }

    int mergeCount() {
        return mergeItems().size();
    }

    /**
     * Gives each merge to {@code target}, the first in rank first. Pairs stand as {@code "a b"} in
     * older files and as {@code ["a", "b"]} in newer ones.
     */
    void forEachMerge(BiConsumer<String, String> target) {
        for (Json merge : mergeItems()) {
            switch (merge) {
                case Json.Str(String pair) when pair.indexOf(' ', 1) > 0 -> {
                    int space = pair.indexOf(' ', 1);
                    target.accept(pair.substring(0, space), pair.substring(space + 1));
                }
                case Json.Arr(List<Json> pair)
                        when pair.size() == 2
                                && pair.get(0) instanceof Json.Str(String left)
                                && pair.get(1) instanceof Json.Str(String right) ->
                        target.accept(left, right);
                default ->
                        throw new JsonAt(root.file(), "model.merges", merge)
                                .expected("\"a b\" or [\"a\", \"b\"]");
            }
        }
    }

    private List<Json> mergeItems() {
        JsonAt merges = model.require("merges");
        if (merges.value() instanceof Json.Arr(List<Json> items)) {
            return items;
        }
        throw merges.expected("an array");
    }

    /** Whether a piece that is a token is taken as it is, whatever merging would make of it. */
    boolean ignoresMerges() {
        return model.find("ignore_merges").map(JsonAt::bool).orElse(false);
    }

    /** The token that stands for text without one. */
    Optional<String> unknownToken() {
        return model.find("unk_token").map(JsonAt::string);
    }

    int unknownId() {
        int id = Arrays.asList(pieces).indexOf(unknownToken().orElseThrow());
        if (id < 0) {
            throw model.require("unk_token").expected("a token of the vocabulary");
        }
        return id;
    }

    /** Whether a run of unknown characters is one such token. */
    boolean fusesUnknown() {
        return model.find("fuse_unk").map(JsonAt::bool).orElse(false);
    }
}
