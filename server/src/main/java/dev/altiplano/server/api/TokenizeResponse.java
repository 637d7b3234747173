package dev.altiplano.server.api;

import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code /tokenize}.
 *
 * @param pieces the vocabulary's piece of each id, if asked for
 */
record TokenizeResponse(List<Integer> tokens, int count, Optional<List<String>> pieces) {}
