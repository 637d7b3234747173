package dev.altiplano.server.api;

/** The answer of {@code /health}: {@code ok}, and nothing that tells of the inside. */
record HealthResponse(String status) {}
