package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The metadata that a GGUF file needs to hold the tokenizer of a Hugging Face folder. */
public final class GgufVocabulary {
    private static final String PREFIX = "tokenizer.ggml.";

    /** Below every token that merging makes; nothing merges into single characters. */
    private static final float UNMERGED_SCORE = -1e9f;

    private final Path folder;
    private final TokenizerJson json;
    private final AddedTokens addedTokens = new AddedTokens();
    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();

    private GgufVocabulary(Path folder) throws IOException {
        this.folder = folder;
        this.json = TokenizerJson.read(folder.resolve("tokenizer.json"));
    }

    /**
     * The keys {@code tokenizer.*} for {@code tokenizer.json} and the files beside it, in order.
     *
     * @param embeddingRows how many tokens the model has; those that the tokenizer lacks become
     *     unused ones
     * @throws ModelFormatException if the folder's tokenizer is bad, not ours, or has more tokens
     *     than the model
     */
    public static Map<String, GgufValue> of(Path folder, int embeddingRows) throws IOException {
        // A bad tokenizer fails here, with the messages of reading it.
        Tokenizer tokenizer = Tokenizers.fromFolder(folder);
        if (tokenizer.vocabSize() > embeddingRows) {
            throw new ModelFormatException(
                    "%s: expected at most %d tokens, one for each row of the embedding, found %d. Check that it belongs to this model."
                            .formatted(folder, embeddingRows, tokenizer.vocabSize()));
        }
        GgufVocabulary vocabulary = new GgufVocabulary(folder);
        vocabulary.putTokens(embeddingRows);
        switch (vocabulary.json.pipeline().spelling()) {
            case BYTE_LEVEL -> vocabulary.putMerges();
            case SENTENCE_PIECE -> vocabulary.putScores(embeddingRows);
        }
        vocabulary.putMarkers(tokenizer);
        return vocabulary.metadata;
    }

    private void putTokens(int embeddingRows) {
        List<String> pieces = new ArrayList<>(embeddingRows);
        List<Integer> types = new ArrayList<>(embeddingRows);
        for (int id = 0; id < embeddingRows; id++) {
            boolean isGap = id >= json.size() || json.piece(id).isEmpty();
            TokenKind kind = isGap ? TokenKind.UNUSED : json.kind(id);
            // The name that other converters give to a row without a token.
            pieces.add(isGap ? "[PAD%d]".formatted(id) : json.piece(id));
            types.add(kind.ggufType());
            if (kind.isSpecial()) {
                addedTokens.add(json.piece(id), id, kind);
            }
        }
        boolean isByteLevel = json.pipeline().spelling() == Spelling.BYTE_LEVEL;
        metadata.put(PREFIX + "model", GgufValue.text(isByteLevel ? "gpt2" : "llama"));
        String pattern = json.pipeline().pattern().map(SplitPattern::ggufName).orElse("default");
        metadata.put(PREFIX + "pre", GgufValue.text(pattern));
        metadata.put(PREFIX + "tokens", GgufValue.strings(pieces));
        metadata.put(PREFIX + "token_type", GgufValue.int32s(types));
    }

    private void putMerges() {
        List<String> merges = new ArrayList<>(json.mergeCount());
        json.forEachMerge((left, right) -> merges.add(left + " " + right));
        metadata.put(PREFIX + "merges", GgufValue.strings(merges));
    }

    /** SentencePiece orders merges by the score of what they make: here by their first rank. */
    private void putScores(int embeddingRows) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        json.forEachMerge((left, right) -> ranks.putIfAbsent(left + right, ranks.size()));
        Float[] scores = new Float[embeddingRows];
        Arrays.fill(scores, 0f);
        for (int id = 0; id < json.size(); id++) {
            if (json.kind(id) == TokenKind.NORMAL) {
                Integer rank = ranks.get(json.piece(id));
                scores[id] = rank == null ? UNMERGED_SCORE : -rank;
            }
        }
        metadata.put(PREFIX + "scores", GgufValue.float32s(List.of(scores)));
        boolean prefixes = json.pipeline().form().prefixes(true);
        metadata.put(PREFIX + "add_space_prefix", GgufValue.bool(prefixes));
    }

    private void putMarkers(Tokenizer tokenizer) throws IOException {
        JsonMarkers markers = new JsonMarkers(folder, addedTokens, json.size());
        putId("bos_token_id", tokenizer.bosId());
        putId("eos_token_id", markers.eosId());
        putId("eot_token_id", firstOf("<|eot_id|>", "<|eot|>"));
        putId("eom_token_id", firstOf("<|eom_id|>", "<|eom|>"));
        putId("padding_token_id", markers.named("pad_token"));
        if (json.unknownToken().isPresent()) {
            putId("unknown_token_id", OptionalInt.of(json.unknownId()));
        }
        metadata.put(PREFIX + "add_bos_token", GgufValue.bool(tokenizer.addsBos()));
        markers.chatTemplate()
                .ifPresent(text -> metadata.put("tokenizer.chat_template", GgufValue.text(text)));
    }

    /** The first of these tokens that there is: the ends of turns as Llama 3 and 4 spell them. */
    private OptionalInt firstOf(String... texts) {
        return Arrays.stream(texts)
                .mapToInt(addedTokens::specialId)
                .filter(id -> id >= 0)
                .findFirst();
    }

    private void putId(String key, OptionalInt id) {
        id.ifPresent(found -> metadata.put(PREFIX + key, GgufValue.uint32(found)));
    }
}
