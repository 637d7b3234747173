package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call is given: values by place, then values by name. */
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Value... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /** Without the first {@code count} values by place. */
    Arguments skip(int count) {
        return new Arguments(positional.subList(count, positional.size()), named);
    }

    /** Puts the values to the names that {@code function} knows; unknown or too many fail. */
    Bound bind(String function, String... names) {
        if (positional.size() > names.length) {
            throw ChatTemplateException.evaluation(
                    "%s() takes at most %d arguments, found %d"
                            .formatted(function, names.length, positional.size()));
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            values.put(names[i], positional.get(i));
        }
        List<String> known = new ArrayList<>(List.of(names));
        named.forEach(
                (name, value) -> {
                    if (!known.contains(name) || values.putIfAbsent(name, value) != null) {
                        throw ChatTemplateException.evaluation(
                                "%s() got an unexpected or repeated argument '%s'"
                                        .formatted(function, name));
                    }
                });
        return new Bound(function, values);
    }

    /** Arguments under their names, read with the type that a function wants. */
    record Bound(String function, Map<String, Value> values) {
        Optional<Value> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** The value, unless it is missing or {@code None}. */
        Optional<Value> present(String name) {
            return get(name).filter(value -> !(value instanceof Value.None));
        }

        Value require(String name) {
            return get(name).orElseThrow(() -> missing(name));
        }

        private ChatTemplateException missing(String name) {
            return ChatTemplateException.evaluation(
                    "%s() misses its argument '%s'".formatted(function, name));
        }

        boolean flag(String name) {
            return get(name).map(Truth::of).orElse(false);
        }

        int integer(String name, int fallback) {
            return get(name).map(value -> Numbers.toIndex(value)).orElse(fallback);
        }

        Text requireText(String name) {
            return asText(name, require(name));
        }

        Optional<Text> text(String name) {
            return present(name).map(value -> asText(name, value));
        }

        private Text asText(String name, Value value) {
            if (value instanceof Text text) {
                return text;
            }
            if (value instanceof Value.Undefined undefined) {
                throw undefined.failure();
            }
            throw ChatTemplateException.evaluation(
                    "%s() expects a string as '%s', found '%s'"
                            .formatted(function, name, Printing.typeName(value)));
        }
    }
}
