package dev.altiplano.model.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What filters call an attribute: {@code name}, {@code 0} or a path such as {@code a.0.b}. */
final class AttributePath {
    private AttributePath() {}

    /** A function from an item to the value at the path; the item itself without a path. */
    static UnaryOperator<Value> of(Session session, Optional<Value> attribute) {
        return of(session, attribute, Optional.empty());
    }

    /** As {@link #of(Session, Optional)}, with a value for what is missing on the way. */
    static UnaryOperator<Value> of(
            Session session, Optional<Value> attribute, Optional<Value> fallback) {
        List<Value> steps = attribute.map(AttributePath::steps).orElse(List.of());
        return item -> {
            Value value = item;
            for (Value step : steps) {
                value = Lookup.subscript(session, value, step);
                if (value instanceof Value.Undefined && fallback.isPresent()) {
                    value = fallback.get();
                }
            }
            return value;
        };
    }

    /** One function for each path of a list such as {@code name,age}. */
    static List<UnaryOperator<Value>> several(Session session, Optional<Value> attribute) {
        if (attribute.isPresent() && attribute.get() instanceof Text text) {
            List<UnaryOperator<Value>> paths = new ArrayList<>();
            for (Value part : TextOperations.split(text, Text.trusted(","), -1)) {
                paths.add(of(session, Optional.of(part)));
            }
            return paths;
        }
        return List.of(of(session, attribute));
    }

    private static List<Value> steps(Value attribute) {
        if (!(attribute instanceof Text text)) {
            return List.of(attribute);
        }
        List<Value> steps = new ArrayList<>();
        for (Value part : TextOperations.split(text, Text.trusted("."), -1)) {
            boolean isIndex =
                    part instanceof Text step
                            && !step.isEmpty()
                            && step.length() < 10
                            && step.chars().chars().allMatch(c -> c >= '0' && c <= '9');
            steps.add(
                    isIndex && part instanceof Text step
                            ? new Value.Int(new BigInteger(step.chars()))
                            : part);
        }
        return steps;
    }
}
