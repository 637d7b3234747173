package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.token.BpeTokenizer.Chunks;
import dev.altiplano.model.token.BpeTokenizer.Markers;
import dev.altiplano.model.token.PieceEncoder.Symbols;
import dev.altiplano.model.token.PieceEncoder.Unknown;
import dev.altiplano.model.token.PieceEncoder.WholePieces;
import dev.altiplano.model.token.TextForm.SpacePrefix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the keys {@code tokenizer.ggml.*} of a GGUF file, and takes from llama.cpp what a missing
 * key means. Nothing of the file is used once it is read.
 */
final class GgufTokenizerReader {
    private static final String PREFIX = "tokenizer.ggml.";

    /** Keys of the tokens that begin and end texts, turns and messages. */
    private static final List<String> MARKER_KEYS =
            List.of("bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id");

    private final String file;
    private final GgufMetadata metadata;
    private final List<String> pieces;
    private final Spelling spelling;

    private GgufTokenizerReader(GgufFile gguf) {
        file = String.valueOf(gguf.path().getFileName());
        metadata = gguf.metadata();
        String model = metadata.requireString(PREFIX + "model");
        spelling =
                switch (model) {
                    case "gpt2" -> Spelling.BYTE_LEVEL;
                    case "llama" -> Spelling.SENTENCE_PIECE;
                    default -> throw bad("model", "gpt2 or llama", model);
                };
        pieces =
                metadata.strings(PREFIX + "tokens")
                        .orElseThrow(() -> bad("tokens", "the tokens", "none"));
    }

    static Tokenizer read(GgufFile file) {
        return new GgufTokenizerReader(file).tokenizer();
    }

    private Tokenizer tokenizer() {
        TokenKind[] kinds = kinds();
        TokenTable table = new TokenTable(file, spelling, pieces.size());
        int id = 0;
        for (String piece : pieces) {
            table.add(piece, kinds[id++]);
        }
        Vocabulary vocabulary = table.vocabulary();
        return switch (spelling) {
            case BYTE_LEVEL -> byteLevel(table, vocabulary);
            case SENTENCE_PIECE -> sentencePiece(table, vocabulary);
        };
    }

    private TokenKind[] kinds() {
        TokenKind[] kinds = new TokenKind[pieces.size()];
        Arrays.fill(kinds, TokenKind.NORMAL);
        metadata.integers(PREFIX + "token_type").ifPresent(types -> readTypes(types, kinds));
        for (String key : MARKER_KEYS) {
            markerId(key).ifPresent(id -> markSpecial(id, kinds));
        }
        return kinds;
    }

    private void readTypes(long[] types, TokenKind[] kinds) {
        if (types.length != kinds.length) {
            throw bad("token_type", kinds.length + " types", String.valueOf(types.length));
        }
        for (int id = 0; id < types.length; id++) {
            kinds[id] = kindOf(types[id]);
        }
    }

    private TokenKind kindOf(long type) {
        for (TokenKind kind : TokenKind.values()) {
            if (kind.ggufType() == type) {
                return kind;
            }
        }
        throw bad("token_type", "types from 1 to 6", String.valueOf(type));
    }

    /** A file that gives no types, or a wrong one, still says which tokens are markers. */
    private void markSpecial(int id, TokenKind[] kinds) {
        String piece = pieces.get(id);
        boolean looksSo = piece.startsWith("<") && piece.endsWith(">");
        if (looksSo && !kinds[id].isSpecial()) {
            kinds[id] = TokenKind.CONTROL;
        }
    }

    private OptionalInt markerId(String key) {
        OptionalLong id = metadata.integer(PREFIX + key);
        if (id.isEmpty()) {
            return OptionalInt.empty();
        }
        if (id.getAsLong() < 0 || id.getAsLong() >= pieces.size()) {
            throw bad(key, "an id below " + pieces.size(), String.valueOf(id.getAsLong()));
        }
        return OptionalInt.of((int) id.getAsLong());
    }

    private Tokenizer byteLevel(TokenTable table, Vocabulary vocabulary) {
        String name = metadata.string(PREFIX + "pre").orElse("default");
        SplitPattern pattern =
                SplitPattern.ofGgufName(name)
                        .orElseThrow(
                                () -> bad("pre", "one of " + SplitPattern.ggufNamesKnown(), name));
        boolean isLlama3 = pattern == SplitPattern.LLAMA3;
        PieceEncoder.Model model =
                new PieceEncoder.Model(
                        vocabulary,
                        readMerges(table, vocabulary),
                        Symbols.BYTES,
                        isLlama3 ? WholePieces.TAKEN : WholePieces.MERGED,
                        table.byteIds(vocabulary),
                        Unknown.LEFT_OUT);
        return new BpeTokenizer(
                new BpeTokenizer.Parts(
                        vocabulary,
                        table.addedTokens(),
                        TextForm.PLAIN,
                        Chunks.NONE,
                        pattern.splitter(),
                        new PieceEncoder(model),
                        markers(table, isLlama3)));
    }

    private MergeRule readMerges(TokenTable table, Vocabulary vocabulary) {
        List<String> merges =
                metadata.strings(PREFIX + "merges")
                        .orElseThrow(() -> bad("merges", "the merges", "none"));
        TokenTable.MergeReader reader = table.new MergeReader(vocabulary, merges.size());
        merges.forEach(reader::add);
        return reader.merges();
    }

    private Tokenizer sentencePiece(TokenTable table, Vocabulary vocabulary) {
        boolean prefixes = metadata.bool(PREFIX + "add_space_prefix").orElse(true);
        TextForm form =
                new TextForm(
                        false, prefixes ? SpacePrefix.AT_EVERY_SECTION : SpacePrefix.NEVER, true);
        PieceEncoder.Model model =
                new PieceEncoder.Model(
                        vocabulary,
                        new TokenMerges(vocabulary, ranks()),
                        Symbols.CHARACTERS,
                        WholePieces.MERGED,
                        table.byteIds(vocabulary),
                        unknown(vocabulary));
        return new BpeTokenizer(
                new BpeTokenizer.Parts(
                        vocabulary,
                        table.addedTokens(),
                        form,
                        Chunks.NONE,
                        WordSplitter.of(vocabulary),
                        new PieceEncoder(model),
                        markers(table, true)));
    }

    /** The place of each token when they stand by score, the highest first; equals share one. */
    private int[] ranks() {
        float[] scores =
                metadata.floats(PREFIX + "scores")
                        .orElseThrow(() -> bad("scores", "the scores", "none"));
        if (scores.length != pieces.size()) {
            throw bad("scores", pieces.size() + " scores", String.valueOf(scores.length));
        }
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[scores.length];
        for (int id = 0; id < ranks.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw bad("scores", "numbers", "NaN for token " + id);
            }
            ranks[id] = scores.length - firstAbove(sorted, scores[id]);
        }
        return ranks;
    }

    /** How many of {@code sorted} are at most {@code score}. */
    private static int firstAbove(float[] sorted, float score) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Unknown unknown(Vocabulary vocabulary) {
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.kind(id) == TokenKind.UNKNOWN) {
                return new Unknown(id, true);
            }
        }
        OptionalInt named = markerId("unknown_token_id");
        return named.isPresent() ? new Unknown(named.getAsInt(), true) : Unknown.LEFT_OUT;
    }

    private Markers markers(TokenTable table, boolean addsBosByDefault) {
        Set<Integer> named = new HashSet<>();
        for (String key : MARKER_KEYS.subList(1, MARKER_KEYS.size())) {
            markerId(key).ifPresent(named::add);
        }
        OptionalInt bos = markerId("bos_token_id");
        Optional<Boolean> adds = metadata.bool(PREFIX + "add_bos_token");
        return new Markers(
                bos,
                adds.orElse(addsBosByDefault) && bos.isPresent(),
                StopTexts.idsIn(table.addedTokens(), named));
    }

    private ModelFormatException bad(String key, String expected, String found) {
        return new ModelFormatException(
                "%s, key '%s%s': expected %s, found %s. Convert or download the model again."
                        .formatted(file, PREFIX, key, expected, found));
    }
}
