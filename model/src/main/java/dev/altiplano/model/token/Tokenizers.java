package dev.altiplano.model.token;

import java.io.IOException;
import java.nio.file.Path;

/** Opens tokenizers from the files that models come with. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Reads {@code tokenizer.json} of Hugging Face's tokenizers library, and how texts begin and
     * end from the files beside it.
     *
     * @throws dev.altiplano.compute.ModelFormatException if the file is bad, or names a method that
     *     is not ours
     * @throws IOException if it cannot be read
     */
    public static Tokenizer fromTokenizerJson(Path file) throws IOException {
        return TokenizerJsonReader.read(file);
    }

    /**
     * Reads a tiktoken file ({@code tokenizer.model} of Meta's Llama 3 and 4 downloads).
     *
     * @throws dev.altiplano.compute.ModelFormatException if the file is not one
     * @throws IOException if it cannot be read
     */
    public static Tokenizer fromTiktoken(Path file, TiktokenFamily family) throws IOException {
        return TiktokenReader.read(file, family);
    }
}
