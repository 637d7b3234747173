package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.token.BpeTokenizer.Chunks;
import dev.altiplano.model.token.PieceEncoder.Symbols;
import dev.altiplano.model.token.PieceEncoder.Unknown;
import dev.altiplano.model.token.PieceEncoder.WholePieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code tokenizer.json}, as Hugging Face's tokenizers library writes it. Reads byte-pair
 * encoding only; what it does not know it names and refuses.
 */
final class TokenizerJsonReader {
    private final JsonAt root;
    private final JsonAt model;
    private final JsonTextPipeline pipeline;
    private final boolean byteFallback;

    /** The token of each id as the file spells it; gaps between ids are empty and unused. */
    private String[] pieces = new String[1024];

    private TokenKind[] kinds = new TokenKind[1024];
    private int size;

    private TokenizerJsonReader(JsonAt root) {
        this.root = root;
        this.model = root.require("model");
        requireBpe();
        this.pipeline = JsonTextPipeline.read(root);
        this.byteFallback = model.find("byte_fallback").map(JsonAt::bool).orElse(false);
    }

    static Tokenizer read(Path path) throws IOException {
        JsonAt root = JsonAt.root(String.valueOf(path.getFileName()), Json.read(path));
        return new TokenizerJsonReader(root).tokenizer(path.resolveSibling(""));
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

    private Tokenizer tokenizer(Path folder) throws IOException {
        readVocabulary();
        readAddedTokens();
        TokenTable table = new TokenTable(root.file(), pipeline.spelling(), size);
        for (int id = 0; id < size; id++) {
            table.add(pieces[id], kinds[id]);
        }
        Vocabulary vocabulary = table.vocabulary();
        PieceEncoder encoder =
                new PieceEncoder(
                        new PieceEncoder.Model(
                                vocabulary,
                                readMerges(table, vocabulary),
                                symbols(),
                                wholePieces(),
                                table.byteIds(vocabulary),
                                unknown()));
        return new BpeTokenizer(
                new BpeTokenizer.Parts(
                        vocabulary,
                        table.addedTokens(),
                        pipeline.form(),
                        Chunks.NONE,
                        pipeline.pattern()
                                .map(SplitPattern::splitter)
                                .orElseGet(() -> WordSplitter.of(vocabulary)),
                        encoder,
                        new JsonMarkers(folder, table.addedTokens(), size).read(root)));
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
        int id = idAt.integer(0, Vocabulary.TOKENS_MAX - 1);
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

    /** Pairs stand as {@code "a b"} in older files and as {@code ["a", "b"]} in newer ones. */
    private MergeRule readMerges(TokenTable table, Vocabulary vocabulary) {
        JsonAt merges = model.require("merges");
        if (!(merges.value() instanceof Json.Arr(List<Json> items))) {
            throw merges.expected("an array");
        }
        TokenTable.MergeReader reader = table.new MergeReader(vocabulary, items.size());
        for (Json merge : items) {
            switch (merge) {
                case Json.Str(String pair) -> reader.add(pair);
                case Json.Arr(List<Json> pair)
                        when pair.size() == 2
                                && pair.get(0) instanceof Json.Str(String left)
                                && pair.get(1) instanceof Json.Str(String right) ->
                        reader.add(left, right);
                default ->
                        throw new JsonAt(root.file(), "model.merges", merge)
                                .expected("\"a b\" or [\"a\", \"b\"]");
            }
        }
        return reader.merges();
    }

    private Symbols symbols() {
        return switch (pipeline.spelling()) {
            case BYTE_LEVEL -> Symbols.BYTES;
            case SENTENCE_PIECE -> Symbols.CHARACTERS;
        };
    }

    private WholePieces wholePieces() {
        return model.find("ignore_merges").map(JsonAt::bool).orElse(false)
                ? WholePieces.TAKEN
                : WholePieces.MERGED;
    }

    private Unknown unknown() {
        String text = model.find("unk_token").map(JsonAt::string).orElse("");
        if (text.isEmpty()) {
            return Unknown.LEFT_OUT;
        }
        int id = Arrays.asList(pieces).indexOf(text);
        if (id < 0) {
            throw model.require("unk_token").expected("a token of the vocabulary");
        }
        return new Unknown(id, model.find("fuse_unk").map(JsonAt::bool).orElse(false));
    }
}
