package dev.altiplano.model.jinja;

import java.util.Optional;

/** The methods of Python's lists and tuples that change nothing. */
final class SequenceMethods {
    private SequenceMethods() {}

    static Optional<Value> find(Sequence self, String name) {
        return switch (name) {
            case "count" -> method(name, (session, given) -> count(session, self, given));
            case "index" -> method(name, (session, given) -> index(session, self, given));
            case "copy" -> self.isTuple() ? Optional.empty() : method(name, (_, _) -> self);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> method(String name, Value.Function.Body body) {
        return Optional.of(
                new Value.Function("<built-in method %s of list object>".formatted(name), body));
    }

    private static Value count(Session session, Sequence self, Arguments given) {
        Value wanted = given.bind("count", "value").require("value");
        return Value.of(
                self.items().stream()
                        .filter(item -> Comparison.areEqual(session, item, wanted))
                        .count());
    }

    private static Value index(Session session, Sequence self, Arguments given) {
        Value wanted = given.bind("index", "value").require("value");
        for (int i = 0; i < self.items().size(); i++) {
            if (Comparison.areEqual(session, self.items().get(i), wanted)) {
                return Value.of(i);
            }
        }
        throw ChatTemplateException.evaluation("index() did not find the value");
    }
}
