package dev.altiplano.model.jinja;

import java.util.Optional;

/** The methods of Python's dictionaries that change nothing. */
final class DictMethods {
    private DictMethods() {}

    static Optional<Value> find(Dict self, String name) {
        return switch (name) {
            case "get" -> method(name, (_, given) -> get(self, given));
            case "keys" -> method(name, (_, _) -> view(self, Value.DictView.Part.KEYS));
            case "values" -> method(name, (_, _) -> view(self, Value.DictView.Part.VALUES));
            case "items" -> method(name, (_, _) -> view(self, Value.DictView.Part.ITEMS));
            case "copy" -> method(name, (_, _) -> self);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> method(String name, Value.Function.Body body) {
        return Optional.of(
                new Value.Function("<built-in method %s of dict object>".formatted(name), body));
    }

    private static Value get(Dict self, Arguments given) {
        if (!given.named().isEmpty()) {
            throw ChatTemplateException.evaluation("get() takes no arguments by name");
        }
        Arguments.Bound bound = given.bind("get", "key", "default");
        return self.get(Dict.requireKey(bound.require("key")))
                .orElse(bound.get("default").orElse(Value.NONE));
    }

    private static Value view(Dict self, Value.DictView.Part part) {
        return new Value.DictView(self, part);
    }
}
