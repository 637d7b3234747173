package dev.altiplano.model.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code namespace()} gives: the one value that a template can change. */
final class Namespace implements Value {
    private final Map<String, Value> attributes = new LinkedHashMap<>();

    Optional<Value> get(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    void set(String name, Value value) {
        attributes.put(name, value);
    }

    Map<String, Value> attributes() {
        return attributes;
    }
}
