package dev.altiplano.planner.report;

import java.util.Locale;
import java.util.Optional;

/** What the page can be read in. */
public enum Language {
    EN("en", Locale.US),
    ES("es", Locale.of("es", "ES"));

    private final String code;
    private final Locale locale;

    Language(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /** As in {@code <html lang>} and in paths. */
    public String code() {
        return code;
    }

    Locale locale() {
        return locale;
    }

    /** The language called {@code code}, if there is one. */
    public static Optional<Language> of(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /**
     * The first that a browser asks for in {@code Accept-Language}, else English. The order of the
     * list counts, not its weights: browsers send it in order.
     */
    public static Language accepted(String header) {
        for (String range : header.split(",", 100)) {
            String tag = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            Optional<Language> known = of(tag.split("-", 2)[0]);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return EN;
    }
}
