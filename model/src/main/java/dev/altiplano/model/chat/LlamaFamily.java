package dev.altiplano.model.chat;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** The families whose format is written by hand, told apart by their vocabularies. */
enum LlamaFamily {
    LLAMA_2,
    LLAMA_3,
    LLAMA_3_1,
    LLAMA_3_2,
    LLAMA_4;

    /** Llama 3.2's text models, of 1B and 3B, are narrower than every other Llama 3. */
    private static final long LLAMA_3_1_WIDTH_MIN = 4096;

    private static final int LLAMA_2_VOCAB_SIZE = 32_000;

    /**
     * The family of a model whose architecture is Llama.
     *
     * @param hasToken whether the vocabulary has a token of this text
     * @param width the length of an embedding
     */
    static Optional<LlamaFamily> of(
            Predicate<String> hasToken, boolean isSentencePiece, long vocabSize, long width) {
        if (hasToken.test("<|header_start|>")) {
            return Optional.of(LLAMA_4);
        }
        if (hasToken.test("<|start_header_id|>")) {
            if (!hasToken.test("<|eom_id|>")) {
                return Optional.of(LLAMA_3);
            }
            return Optional.of(width < LLAMA_3_1_WIDTH_MIN ? LLAMA_3_2 : LLAMA_3_1);
        }
        return isSentencePiece && vocabSize == LLAMA_2_VOCAB_SIZE
                ? Optional.of(LLAMA_2)
                : Optional.empty();
    }

    ChatFormat format(Clock clock) {
        return switch (this) {
            case LLAMA_2 -> new Llama2ChatFormat();
            case LLAMA_3 -> new Llama3ChatFormat(Llama3ChatFormat.Version.LLAMA_3, clock);
            case LLAMA_3_1 -> new Llama3ChatFormat(Llama3ChatFormat.Version.LLAMA_3_1, clock);
            case LLAMA_3_2 -> new Llama3ChatFormat(Llama3ChatFormat.Version.LLAMA_3_2, clock);
            case LLAMA_4 -> new Llama4ChatFormat();
        };
    }
}
