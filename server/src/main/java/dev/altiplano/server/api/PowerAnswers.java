package dev.altiplano.server.api;

/**
 * What the planner page puts in place.
 *
 * @param title the question as a heading
 * @param answer HTML of the answer, made by us
 * @param spoken the answer in a sentence, for screen readers
 */
record PowerAnswers(String title, String answer, String spoken) {}
