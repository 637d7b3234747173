package dev.altiplano.model.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of a template, a loop's round or a macro's call; what is not here is outside. */
final class Scope {
    private final Map<String, Value> variables = new HashMap<>();
    private final Optional<Scope> outer;

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope outermost(Map<String, ? extends Value> variables) {
        Scope scope = new Scope(Optional.empty());
        scope.variables.putAll(variables);
        return scope;
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }

    Value get(String name) {
        Scope scope = this;
        while (true) {
            Value value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
            if (scope.outer.isEmpty()) {
                return Value.Undefined.variable(name);
            }
            scope = scope.outer.get();
        }
    }
}
