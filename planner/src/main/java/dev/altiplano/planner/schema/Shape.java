package dev.altiplano.planner.schema;

import dev.altiplano.planner.problem.ErrorCode;
import dev.altiplano.planner.quantity.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the value of a key may look like. */
public sealed interface Shape {

    /** Any number of at most {@code max}, in a unit. */
    static Numeric number(String unit, double min, double max) {
        return new Numeric(Unit.of(unit), min, max, false, ErrorCode.E401);
    }

    /** A whole number without a unit. */
    static Numeric whole(double min, double max) {
        return new Numeric(Unit.NONE, min, max, true, ErrorCode.E401);
    }

    static Words words(String... choices) {
        return new Words(List.of(choices));
    }

    static Either either(Shape... choices) {
        return new Either(List.of(choices));
    }

    static Block block(Key... keys) {
        return new Block(List.of(keys));
    }

    /**
     * A number or quantity. A bare number takes {@code unit}; a block {@code {low, likely, high,
     * grade, source, date}} gives a band.
     *
     * @param min in {@code unit}
     * @param max in {@code unit}
     * @param outside the code of the problem when it is outside
     */
    record Numeric(Unit unit, double min, double max, boolean whole, ErrorCode outside)
            implements Shape {
        public Numeric telling(ErrorCode code) {
            return new Numeric(unit, min, max, whole, code);
        }
    }

    /** Power together with its boundary: {@code {value: 150 MW, of: facility}}. */
    record BoundedPower() implements Shape {}

    /** One of a few words. */
    record Words(List<String> choices) implements Shape {}

    /**
     * A name from the catalogue.
     *
     * @param what the kind of thing, as {@code region}
     * @param part of the catalogue that lists them all, as {@code plan catalog} names it
     * @param unknown the code of the problem when there is no such name
     */
    record Name(String what, String part, List<String> names, ErrorCode unknown) implements Shape {}

    /** Free text of at most {@code max} characters. */
    record Text(int max) implements Shape {}

    /** {@code true} or {@code false}. */
    record Flag() implements Shape {}

    /** A local date and time to the minute: {@code 2026-07-01T16:00}. */
    record Moment() implements Shape {}

    record ListOf(Shape item, int max) implements Shape {}

    /** Free names, each with a value of one shape. */
    record TableOf(Shape value, int max) implements Shape {}

    /** The first of the shapes that a value has the form of. */
    record Either(List<Shape> choices) implements Shape {}

    record Block(List<Key> keys) implements Shape {
        public Block {
            keys = List.copyOf(keys);
        }

        public Optional<Key> key(String name) {
            return Optional.ofNullable(byName().get(name));
        }

        private Map<String, Key> byName() {
            Map<String, Key> map = new LinkedHashMap<>();
            keys.forEach(key -> map.put(key.name(), key));
            return map;
        }
    }
}
