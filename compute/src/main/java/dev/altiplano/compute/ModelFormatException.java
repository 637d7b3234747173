package dev.altiplano.compute;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A model, tokenizer or configuration file that is not what it claims to be. */
public final class ModelFormatException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws unless it is a regular file: to open a pipe or device could wait for ever. */
    public static void requireRegularFile(Path file) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new ModelFormatException(
                        "%s: expected a file, found a folder or device. Check the path."
                                .formatted(file));
            }
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** The error that {@code file} cannot be read at all, such as when there is none. */
    public static ModelFormatException unreadable(Path file, IOException failure) {
        String found =
                switch (failure) {
                    case NoSuchFileException missing -> "none";
                    case AccessDeniedException denied -> "no permission to read it";
                    case FileSystemLoopException loop -> "links that lead in a circle";
                    case FileSystemException other when other.getReason() != null ->
                            other.getReason();
                    default -> String.valueOf(failure.getMessage());
                };
        return new ModelFormatException(
                "%s: expected a readable file, found %s. Check the path.".formatted(file, found),
                failure);
    }
}
