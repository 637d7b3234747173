package dev.altiplano.server.api;

import dev.altiplano.planner.report.Language;
import dev.altiplano.planner.report.LivePage;
import dev.altiplano.planner.report.PowerQuestion;

/** Reads a sentence to be checked; {@code pue} may be left out. */
record ClaimQuestions(Language language, String sentence, double pue) {
    static ClaimQuestions read(JsonFields fields) {
        Language language = PowerQuestions.language(fields);
        String sentence = fields.requireString("sentence");
        LivePage.sentenceProblem(language, sentence)
                .ifPresent(
                        problem -> {
                            throw ApiException.invalidValue("sentence", problem);
                        });
        PowerQuestion press = PowerQuestion.OF_THE_PRESS;
        double pue = fields.number("pue", -Double.MAX_VALUE, Double.MAX_VALUE).orElse(press.pue());
        PowerQuestion.problem(language, (double) press.gpus(), press.capWatts() / 1e6, pue)
                .ifPresent(
                        problem -> {
                            throw ApiException.invalidValue("pue", problem);
                        });
        return new ClaimQuestions(language, sentence, pue);
    }
}
