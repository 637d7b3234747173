package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's {@code dict} in its order. Immutable, as the sandbox of chat templates keeps it. */
public final class Dict implements Value {
    static final Dict EMPTY = new Dict(Map.of());

    private final Map<Value, Value> entries;
    private final Extent extent;

    /** A dictionary in the map's order. The keys must be {@linkplain #requireKey keys}. */
    Dict(Map<Value, Value> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        List<Value> all = new ArrayList<>(entries.keySet());
        all.addAll(entries.values());
        this.extent = Extent.of(all);
    }

    /** A dictionary with text keys in the map's order, all of one origin. */
    public static Dict of(Map<String, ? extends Value> entries, boolean keysAreTrusted) {
        Map<Value, Value> values = new LinkedHashMap<>();
        entries.forEach((key, value) -> values.put(Text.of(key, keysAreTrusted), value));
        return new Dict(values);
    }

    /** The value itself, if a dictionary can have it as a key; else the failure Python names. */
    static Value requireKey(Value key) {
        boolean isKey =
                switch (key) {
                    case Sequence sequence when sequence.isTuple() -> {
                        sequence.items().forEach(Dict::requireKey);
                        yield true;
                    }
                    case Sequence _, Dict _ -> false;
                    case Value _ -> true;
                };
        if (!isKey) {
            throw ChatTemplateException.evaluation(
                    "a '%s' cannot be a key".formatted(Printing.typeName(key)));
        }
        return key;
    }

    Map<Value, Value> entries() {
        return entries;
    }

    Optional<Value> get(Value key) {
        return Optional.ofNullable(entries.get(key));
    }

    int size() {
        return entries.size();
    }

    Extent extent() {
        return extent;
    }

    /** The entry order as a list of keys. */
    List<Value> keys() {
        return new ArrayList<>(entries.keySet());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
