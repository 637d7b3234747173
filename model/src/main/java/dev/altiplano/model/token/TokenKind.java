package dev.altiplano.model.token;

/** What a token is for; the numbers are those of {@code tokenizer.ggml.token_type} in GGUF. */
enum TokenKind {
    /** Ordinary text: what splitting and merging produce. */
    NORMAL(1),
    /** What stands for text that has no token, such as {@code <unk>}. Special. */
    UNKNOWN(2),
    /** A marker such as {@code <|eot_id|>}. Special: never text that a user wrote. */
    CONTROL(3),
    /** Text that is one token wherever it is written, in user text, too. */
    USER_DEFINED(4),
    /** An id without a use. */
    UNUSED(5),
    /** One byte of a character that has no token, {@code <0x0A>} in SentencePiece. */
    BYTE(6);

    private final int ggufType;

    TokenKind(int ggufType) {
        this.ggufType = ggufType;
    }

    int ggufType() {
        return ggufType;
    }

    boolean isSpecial() {
        return this == CONTROL || this == UNKNOWN;
    }
}
