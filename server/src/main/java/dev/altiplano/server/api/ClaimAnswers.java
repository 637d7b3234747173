package dev.altiplano.server.api;

/**
 * What the planner page puts in place for a sentence.
 *
 * @param answer HTML, made by us
 * @param spoken the verdict in a sentence, for screen readers
 */
record ClaimAnswers(String answer, String spoken) {}
