package dev.altiplano.model.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that a template uses: variables it reads, filters and tests that must be known. */
final class KnownNames {
    private final List<Set<String>> collectors = new ArrayList<>();

    /** Unknown names, kept until it is known whether a condition follows them. */
    private final List<ChatTemplateException> unknown = new ArrayList<>();

    /**
     * Whether an unknown filter or test is an error only when it is reached. So it is in an {@code
     * if}, where a template may ask first whether it exists.
     */
    private boolean allowsUnknown;

    /** Sets whether unknown names are left to the run, and returns what it was. */
    boolean allowUnknown(boolean isAllowed) {
        boolean before = allowsUnknown;
        allowsUnknown = isAllowed;
        return before;
    }

    void requireFilter(Position at, String name) {
        require(at, "filter", name, Filters.isKnown(name));
    }

    void requireTest(Position at, String name) {
        require(at, "test", name, Tests.isKnown(name));
    }

    private void require(Position at, String kind, String name, boolean isKnown) {
        if (!isKnown && !allowsUnknown) {
            unknown.add(
                    ChatTemplateException.syntax(
                            at, "expected a known %s, found '%s'.".formatted(kind, name)));
        }
    }

    int unknownCount() {
        return unknown.size();
    }

    /** Forgets the unknown names after the first {@code count}: a condition guards them. */
    void forgetUnknown(int count) {
        unknown.subList(count, unknown.size()).clear();
    }

    /** Throws for the first unknown filter or test that no condition guards. */
    void check() {
        if (!unknown.isEmpty()) {
            throw unknown.getFirst();
        }
    }

    /** From here on every variable that is read is added to the set that is returned. */
    Set<String> collect() {
        Set<String> names = new HashSet<>();
        collectors.add(names);
        return names;
    }

    void stopCollecting() {
        collectors.removeLast();
    }

    void read(String variable) {
        collectors.forEach(names -> names.add(variable));
    }
}
