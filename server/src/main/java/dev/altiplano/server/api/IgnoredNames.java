package dev.altiplano.server.api;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the names of ignored members as a header, which must stay short and plain. */
final class IgnoredNames {
    private static final int NAMES_MAX = 20;
    private static final int NAME_CHARS_MAX = 64;

    private IgnoredNames() {}

    /** The first names, what is no letter, digit or part of a path in them written as '?'. */
    static String header(List<String> names) {
        return names.stream()
                .limit(NAMES_MAX)
                .map(IgnoredNames::plain)
                .collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        String shortName = name.substring(0, Math.min(name.length(), NAME_CHARS_MAX));
        return shortName.replaceAll("[^A-Za-z0-9_.\\[\\]-]", "?");
    }
}
