package dev.altiplano.model.jinja;

import java.util.HashMap;
import java.util.Map;

/** What can stand behind {@code |}, by name. */
final class Filters {
    /** What a filter does to the value before the bar. */
    @FunctionalInterface
    interface Filter {
        Value apply(Session session, Value input, Arguments arguments);
    }

    private static final Map<String, Filter> FILTERS = new HashMap<>();

    static {
        TextFilters.addTo(FILTERS);
        ValueFilters.addTo(FILTERS);
        SequenceFilters.addTo(FILTERS);
        SelectionFilters.addTo(FILTERS);
    }

    private Filters() {}

    static boolean isKnown(String name) {
        return FILTERS.containsKey(name);
    }

    static Value apply(Session session, String name, Value input, Arguments arguments) {
        Filter filter = FILTERS.get(name);
        if (filter == null) {
            throw ChatTemplateException.evaluation("there is no filter of this name");
        }
        session.charge(1);
        return filter.apply(session, input, arguments);
    }
}
