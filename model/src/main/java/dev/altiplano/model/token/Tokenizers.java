package dev.altiplano.model.token;

import java.io.IOException;
import java.nio.file.Path;

/** Opens tokenizers from the files that models come with. */
public final class Tokenizers {
    private Tokenizers() {}

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
