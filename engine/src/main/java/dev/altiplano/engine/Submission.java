package dev.altiplano.engine;

/** A request in the queue, and where its answer will come out. */
record Submission(GenerationRequest request, Generation generation) {}
