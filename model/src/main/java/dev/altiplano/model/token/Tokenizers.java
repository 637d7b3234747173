package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.file.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens tokenizers from the files that models come with. */
public final class Tokenizers {
    private static final String TOKENIZER_JSON = "tokenizer.json";

    private Tokenizers() {}

    /**
     * Reads the tokenizer of a GGUF file, which it does not need any more afterwards.
     *
     * @throws ModelFormatException if the file has none ({@code tokenizer.ggml.model}), a bad one,
     *     or one that is not ours
     */
    public static Tokenizer fromGguf(GgufFile file) {
        return GgufTokenizerReader.read(file);
    }

    /**
     * Reads the tokenizer of a folder as Hugging Face lays it out.
     *
     * @throws ModelFormatException if it has no {@code tokenizer.json}, or a bad one
     * @throws IOException if it cannot be read
     */
    public static Tokenizer fromFolder(Path folder) throws IOException {
        Path file = folder.resolve(TOKENIZER_JSON);
        if (!Files.exists(file)) {
            throw new ModelFormatException(
                    "%s: expected %s, found none. Download the tokenizer, too."
                            .formatted(folder, TOKENIZER_JSON));
        }
        return fromTokenizerJson(file);
    }

    /**
     * Reads {@code tokenizer.json} of Hugging Face's tokenizers library, and how texts begin and
     * end from the files beside it.
     *
     * @throws ModelFormatException if the file is bad, or names a method that is not ours
     * @throws IOException if it cannot be read
     */
    public static Tokenizer fromTokenizerJson(Path file) throws IOException {
        return TokenizerJsonReader.read(file);
    }

    /**
     * Reads a tiktoken file ({@code tokenizer.model} of Meta's Llama 3 and 4 downloads).
     *
     * @throws ModelFormatException if the file is not one
     * @throws IOException if it cannot be read
     */
    public static Tokenizer fromTiktoken(Path file, TiktokenFamily family) throws IOException {
        return TiktokenReader.read(file, family);
    }
}
