/**
 * Text to token ids and back: byte-level and SentencePiece BPE, from GGUF metadata, {@code
 * tokenizer.json} and tiktoken files. Open {@link dev.altiplano.model.token.Tokenizer} first. May
 * use compute, {@code model.json} and {@code model.file}; knows no model and no chat format.
 */
@NullMarked
package dev.altiplano.model.token;

import org.jspecify.annotations.NullMarked;
