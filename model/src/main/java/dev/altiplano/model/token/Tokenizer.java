package dev.altiplano.model.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns text into the ids of one vocabulary and back.
 *
 * <p>A special token (a control token such as {@code <|eot_id|>}) comes out of {@link
 * #encode(PromptText)} only, and there only where its whole text is trusted; nothing that a user
 * writes can become one. An unpaired surrogate in a Java string is read as U+FFFD.
 *
 * <p>Immutable and safe for many threads.
 */
public interface Tokenizer {
    /** How many ids there are; they run from 0 to {@code vocabSize() - 1}. */
    int vocabSize();

    /** The ids of text that a user wrote: never a special token, and no BOS in front. */
    int[] encode(String text);

    /**
     * The ids of a whole text as the model was trained on it: {@link #encode(String)}, and BOS in
     * front where the model {@link #addsBos}.
     */
    default int[] encodeWhole(String text) {
        IntStream bos = addsBos() ? bosId().stream() : IntStream.empty();
        return IntStream.concat(bos, IntStream.of(encode(text))).toArray();
    }

    /**
     * The ids of a prompt: special tokens where their whole text is trusted, the text between them
     * as one text whatever is trusted in it, and no BOS but one that the prompt spells out.
     */
    int[] encode(PromptText prompt);

    /**
     * The bytes that {@code id} stands for, the caller's own copy; those of a special token are its
     * text. They may be part of a UTF-8 sequence only. An id past the vocabulary, as padded
     * embeddings have them, stands for no bytes.
     *
     * @throws IllegalArgumentException if {@code id} is negative
     */
    byte[] bytes(int id);

    /** The piece for people to read; a byte outside a whole character shows as {@code <0xE2>}. */
    String text(int id);

    /**
     * The text of {@code ids}, special tokens included: what {@link #encode(PromptText)} was given.
     * Bytes that are not UTF-8 become U+FFFD.
     */
    default String decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            bytes.writeBytes(bytes(id));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * A decoder for ids as they are generated after a prompt. It gives every byte, so it keeps the
     * space at the head of a SentencePiece continuation that {@link #decode} takes off a whole
     * text.
     */
    default StreamDecoder streamDecoder() {
        return new StreamDecoder(this::bytes);
    }

    /** The id of a special token by its exact text, such as {@code <|eot_id|>}. */
    OptionalInt idOf(String specialText);

    boolean isSpecial(int id);

    /** The token that begins a text. */
    OptionalInt bosId();

    /** Whether the model was trained with {@link #bosId} in front of every text. */
    boolean addsBos();

    /** The ids after which a model has said all it wanted to say. */
    Set<Integer> stopIds();
}
