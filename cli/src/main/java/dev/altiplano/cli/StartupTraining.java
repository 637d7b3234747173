package dev.altiplano.cli;

import java.util.List;

/**
 * The run that teaches the AOT cache which classes a start loads. {@code plain} asks for help,
 * which loads every verb; it ends by itself, as the cache is written when the JVM leaves.
 */
final class StartupTraining {
    private StartupTraining() {}

    public static void main(String[] arguments) {
        for (List<String> line : List.of(List.of("--help"), List.of("--version"))) {
            Altiplano.commandLine().execute(line.toArray(String[]::new));
        }
    }
}
