package dev.altiplano.cli;

import java.nio.file.Path;

/**
 * The folder for models, files and caches: {@code ALTIPLANO_HOME}, by default {@code ~/.altiplano}.
 */
final class Home {
    private Home() {}

    static Path folder() {
        String named = System.getenv("ALTIPLANO_HOME");
        return named != null && !named.isEmpty()
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".altiplano");
    }

    static Path models() {
        return folder().resolve("models");
    }
}
