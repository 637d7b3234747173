package dev.altiplano.model.jinja;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The filters that walk through items: {@code map}, {@code select}, {@code reject} and kin. */
final class SelectionFilters {
    private SelectionFilters() {}

    static void addTo(Map<String, Filters.Filter> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("select", (session, input, given) -> select(session, input, given, true));
        filters.put("reject", (session, input, given) -> select(session, input, given, false));
        filters.put("selectattr", (session, input, given) -> selectBy(session, input, given, true));
        filters.put(
                "rejectattr", (session, input, given) -> selectBy(session, input, given, false));
    }

    private static Value map(Session session, Value input, Arguments given) {
        return walk(
                session,
                input,
                items -> {
                    UnaryOperator<Value> change = change(session, given);
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return items.hasNext();
                        }

                        @Override
                        public Value next() {
                            return change.apply(items.next());
                        }
                    };
                });
    }

    private static UnaryOperator<Value> change(Session session, Arguments given) {
        Map<String, Value> named = new LinkedHashMap<>(given.named());
        if (given.positional().isEmpty() && named.containsKey("attribute")) {
            Optional<Value> attribute = Optional.ofNullable(named.remove("attribute"));
            Optional<Value> fallback =
                    Optional.ofNullable(named.remove("default"))
                            .filter(value -> !(value instanceof Value.None));
            if (!named.isEmpty()) {
                throw ChatTemplateException.evaluation(
                        "map() does not know the argument '%s'"
                                .formatted(named.keySet().iterator().next()));
            }
            return AttributePath.of(session, attribute, fallback);
        }
        String filter = name("map", given.positional());
        return item -> Filters.apply(session, filter, item, given.skip(1));
    }

    private static String name(String filter, List<Value> positional) {
        if (positional.isEmpty()) {
            throw ChatTemplateException.evaluation(
                    "%s() misses the name of what to apply".formatted(filter));
        }
        return Arguments.of(positional.getFirst()).bind(filter, "name").requireText("name").chars();
    }

    private static Value select(Session session, Value input, Arguments given, boolean isWanted) {
        return walk(
                session,
                input,
                items -> {
                    Predicate<Value> test = test(session, given);
                    return new Selection(items, item -> test.test(item) == isWanted);
                });
    }

    private static Value selectBy(Session session, Value input, Arguments given, boolean isWanted) {
        return walk(
                session,
                input,
                items -> {
                    if (given.positional().isEmpty()) {
                        throw ChatTemplateException.evaluation(
                                "selectattr() and rejectattr() expect an attribute's name");
                    }
                    UnaryOperator<Value> path =
                            AttributePath.of(session, Optional.of(given.positional().getFirst()));
                    Predicate<Value> test = test(session, given.skip(1));
                    return new Selection(items, item -> test.test(path.apply(item)) == isWanted);
                });
    }

    /** The test that the arguments name, or whether an item counts as true. */
    private static Predicate<Value> test(Session session, Arguments given) {
        if (given.positional().isEmpty()) {
            return Truth::of;
        }
        String name = name("select", given.positional());
        return item -> Tests.holds(session, name, item, given.skip(1));
    }

    /** A generator: what is wrong with the arguments shows when its first item is asked for. */
    private static Value walk(Session session, Value input, UnaryOperator<Iterator<Value>> start) {
        return Items.lazily(
                "generator",
                () ->
                        Truth.of(input)
                                ? start.apply(Items.iterator(session, input))
                                : Collections.emptyIterator());
    }
}
