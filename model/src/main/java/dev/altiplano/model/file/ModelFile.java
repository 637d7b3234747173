package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tensors of a model: a file, or a set of files that belong together. All are mapped, nothing
 * of their data is copied. Immutable, safe for many threads.
 *
 * <p>{@link #close} unmaps the files: a tensor that is used afterwards throws {@link
 * IllegalStateException}.
 */
public sealed interface ModelFile extends AutoCloseable
        permits GgufFile, SafetensorsFile, SafetensorsFolder {

    /**
     * Opens a GGUF file, a safetensors file, or a folder with safetensors, whichever {@code path}
     * is by its content. Throws {@link ModelFormatException}.
     */
    static ModelFile open(Path path) {
        if (Files.isDirectory(path)) {
            return SafetensorsFolder.open(path);
        }
        return SafetensorsFile.recognises(path) ? SafetensorsFile.open(path) : GgufFile.open(path);
    }

    /** What was opened. */
    Path path();

    /** Every tensor, in the order of the file. */
    List<Tensor> tensors();

    Optional<Tensor> find(String name);

    /** The tensor {@code name}; throws {@link ModelFormatException} if there is none. */
    Tensor require(String name);

    /** The size of all files on the disk. */
    long sizeBytes();

    /**
     * Throws {@link ModelFormatException} if a file has become shorter since it was opened, so that
     * reading its end would fault. Costs a system call for each file.
     */
    void requireIntact();

    /**
     * Does {@code work} that reads tensors; the {@link InternalError} that the JVM throws when a
     * mapped file has shrunk becomes a {@link ModelFormatException}.
     */
    default <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (InternalError fault) {
            requireIntact();
            throw fault;
        }
    }

    @Override
    void close();
}
