package dev.altiplano.server.api;

/** What every chunk of an answer repeats. */
record AnswerHead(String id, long created, String model, String systemFingerprint) {}
