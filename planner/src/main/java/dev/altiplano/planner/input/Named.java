package dev.altiplano.planner.input;

import java.util.Map;
import java.util.Objects;

/** Looks up a name that the checker has found in the catalogue. */
final class Named {
    private Named() {}

    static <T> T of(Map<String, T> known, String name) {
        return Objects.requireNonNull(known.get(name), name);
    }
}
