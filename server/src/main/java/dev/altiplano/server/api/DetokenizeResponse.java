package dev.altiplano.server.api;

/** The answer of {@code /detokenize}; bytes that are no UTF-8 become U+FFFD. */
record DetokenizeResponse(String content) {}
