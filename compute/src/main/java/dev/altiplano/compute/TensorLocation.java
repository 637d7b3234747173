package dev.altiplano.compute;

import java.nio.file.Path;

/** Where a tensor lies; its text is the "where" of an error message. */
public record TensorLocation(Path file, String tensorName, long offsetBytes) {
    @Override
    public String toString() {
        return "%s, tensor '%s' at byte %d".formatted(file.getFileName(), tensorName, offsetBytes);
    }
}
