package dev.altiplano.planner.schema;

import java.util.Optional;

/**
 * One key of a block.
 *
 * @param about what it is, for the JSON Schema
 * @param fallback the default as it would be written; empty if the key may be missing without one
 */
public record Key(
        String name, Shape shape, String about, boolean required, Optional<String> fallback) {

    public static Key optional(String name, Shape shape, String about) {
        return new Key(name, shape, about, false, Optional.empty());
    }

    public static Key required(String name, Shape shape, String about) {
        return new Key(name, shape, about, true, Optional.empty());
    }

    public static Key withDefault(String name, Shape shape, String fallback, String about) {
        return new Key(name, shape, about, false, Optional.of(fallback));
    }
}
