package dev.altiplano.server.api;

import dev.altiplano.planner.report.Language;
import dev.altiplano.planner.report.PowerQuestion;
import dev.altiplano.planner.site.PowerReading;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the planner page's form asks. */
record PowerQuestions(Language language, PowerQuestion question) {
    static PowerQuestions read(JsonFields fields) {
        Language language = language(fields);
        double gpus = number(fields, "gpus");
        double cap = number(fields, "cap");
        double pue = number(fields, "pue");
        Optional<String> problem = PowerQuestion.problem(language, gpus, cap, pue);
        if (problem.isPresent()) {
            throw ApiException.invalidValue("gpus, cap, pue", problem.get());
        }
        return new PowerQuestions(
                language,
                new PowerQuestion(
                        (long) gpus, cap * 1e6, pue, reading(fields.requireString("reading"))));
    }

    /** English where the page's language is not known. */
    static Language language(JsonFields fields) {
        return fields.string("language").flatMap(Language::of).orElse(Language.EN);
    }

    /** An empty field of the form is null. */
    private static double number(JsonFields fields, String name) {
        return fields.number(name, -Double.MAX_VALUE, Double.MAX_VALUE).orElse(Double.NaN);
    }

    private static PowerReading reading(String name) {
        return Stream.of(PowerReading.values())
                .filter(reading -> word(reading).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiException.invalidValue(
                                        "reading",
                                        "'reading' must be one of %s, found '%s'."
                                                .formatted(
                                                        Stream.of(PowerReading.values())
                                                                .map(PowerQuestions::word)
                                                                .collect(Collectors.joining(", ")),
                                                        name)));
    }

    private static String word(PowerReading reading) {
        return reading.name().toLowerCase(Locale.ROOT);
    }
}
