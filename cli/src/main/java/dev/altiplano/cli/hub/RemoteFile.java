package dev.altiplano.cli.hub;

import java.util.Optional;

/**
 * A file of a hub repository.
 *
 * @param path inside the repository, with slashes
 * @param sha256 lower-case hex, where the hub states one
 */
public record RemoteFile(String path, long sizeBytes, Optional<String> sha256) {
    private static final int PATH_CHARACTERS_MAX = 512;

    public RemoteFile {
        boolean plain =
                path.matches("[\\w][\\w.@+=-]*(/[\\w][\\w.@+=-]*)*")
                        && path.length() <= PATH_CHARACTERS_MAX;
        if (!plain) {
            throw new PullException(
                    "hub: expected a plain file name, found '%s'. This repository cannot be pulled."
                            .formatted(path));
        }
        if (sizeBytes < 0) {
            throw new PullException(
                    "hub, file '%s': expected a size, found %d. Try again later."
                            .formatted(path, sizeBytes));
        }
    }

    /** The name without folders. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
