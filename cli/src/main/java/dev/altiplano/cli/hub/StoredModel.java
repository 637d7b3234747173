package dev.altiplano.cli.hub;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A model in the store.
 *
 * @param name what people type
 * @param path what the engine opens: a GGUF file or a folder
 * @param removable the file or folder that holds it all, and nothing else
 * @param modified when it was pulled or put there
 */
public record StoredModel(
        String name, Path path, Path removable, long sizeBytes, Instant modified) {}
