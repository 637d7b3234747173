package dev.altiplano.model.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every chat template can call. */
final class Globals {
    /** The sandbox's bound on {@code range}. */
    private static final int RANGE_MAX = 100_000;

    static final Map<String, Value> ALL =
            Map.of(
                    "range", function("range", (_, arguments) -> range(arguments)),
                    "dict", function("dict", Globals::dict),
                    "namespace", function("namespace", Globals::namespace),
                    "joiner", function("joiner", (_, arguments) -> joiner(arguments)),
                    "raise_exception", function("raise_exception", Globals::raise),
                    "strftime_now", function("strftime_now", Globals::formatNow));

    private Globals() {}

    private static Value function(String name, Value.Function.Body body) {
        return new Value.Function("<function %s>".formatted(name), body);
    }

    private static Value range(Arguments arguments) {
        List<Value> bounds = arguments.positional();
        if (bounds.isEmpty() || bounds.size() > 3 || !arguments.named().isEmpty()) {
            throw ChatTemplateException.evaluation("range() takes one to three numbers");
        }
        long start = bounds.size() == 1 ? 0 : Numbers.toIndex(bounds.get(0));
        long stop = Numbers.toIndex(bounds.get(bounds.size() == 1 ? 0 : 1));
        long step = bounds.size() == 3 ? Numbers.toIndex(bounds.get(2)) : 1;
        if (step == 0) {
            throw ChatTemplateException.evaluation("the step of range() is zero");
        }
        long distance = step > 0 ? stop - start : start - stop;
        long width = Math.abs(step);
        long count = distance <= 0 ? 0 : (distance + width - 1) / width;
        if (count > RANGE_MAX) {
            throw ChatTemplateException.limit(
                    "range() gives at most %d numbers".formatted(RANGE_MAX));
        }
        return new Value.Range(start, stop, step, (int) count);
    }

    private static Value dict(Session session, Arguments arguments) {
        return new Dict(entries(session, arguments));
    }

    /** A mapping or a list of pairs, then what is given by name. */
    private static Map<Value, Value> entries(Session session, Arguments arguments) {
        if (arguments.positional().size() > 1) {
            throw ChatTemplateException.evaluation("dict() takes at most one mapping");
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value source : arguments.positional()) {
            if (source instanceof Dict dict) {
                entries.putAll(dict.entries());
                continue;
            }
            Items.iterator(session, source)
                    .forEachRemaining(
                            pair -> {
                                List<Value> parts = Items.list(session, pair);
                                if (parts.size() != 2) {
                                    throw ChatTemplateException.evaluation(
                                            "dict() expects pairs, found %d values"
                                                    .formatted(parts.size()));
                                }
                                entries.put(Dict.requireKey(parts.get(0)), parts.get(1));
                            });
        }
        arguments.named().forEach((name, value) -> entries.put(Text.trusted(name), value));
        session.chargeItems(entries.size());
        return entries;
    }

    private static Value namespace(Session session, Arguments arguments) {
        Namespace namespace = new Namespace();
        entries(session, arguments)
                .forEach((key, value) -> namespace.set(Printing.text(session, key).chars(), value));
        return namespace;
    }

    /** Gives nothing at the first call and its separator at every other. */
    private static Value joiner(Arguments arguments) {
        Value separator = arguments.bind("joiner", "sep").get("sep").orElse(Text.trusted(", "));
        Namespace used = new Namespace();
        return function(
                "joiner",
                (_, _) -> {
                    boolean isFirst = used.get("used").isEmpty();
                    used.set("used", Value.TRUE);
                    return isFirst ? Text.EMPTY : separator;
                });
    }

    private static Value raise(Session session, Arguments arguments) {
        Value message = arguments.bind("raise_exception", "message").require("message");
        throw ChatTemplateException.refused(Printing.text(session, message).chars());
    }

    private static Value formatNow(Session session, Arguments arguments) {
        Text format = arguments.bind("strftime_now", "format").requireText("format");
        return format.map(part -> DateFormat.format(part, session.clock()));
    }
}
