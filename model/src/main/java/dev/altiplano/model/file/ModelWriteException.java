package dev.altiplano.model.file;

import dev.altiplano.compute.AltiplanoException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A model file that could not be written, such as for want of space. Nothing of it is left. */
public final class ModelWriteException extends AltiplanoException {
    private static final long serialVersionUID = 1L;

    ModelWriteException(Path target, IOException failure) {
        super(
                "%s: expected to write the file, found %s. Check the folder and the space on its disk."
                        .formatted(target, reason(failure)),
                failure);
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException system && system.getReason() == null
                ? failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }
}
