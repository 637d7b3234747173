package dev.altiplano.server.api;

import java.util.HashSet;
import java.util.Set;

/**
 * What is being answered, so that a server that stops can end it with a word to its clients. For
 * many threads.
 */
final class RunningAnswers {
    private final Set<Answering> running = new HashSet<>();
    private boolean ended;

    /** Throws {@link ApiException} 503 once the end was called. */
    synchronized void add(Answering answering) {
        if (ended) {
            throw ApiException.shuttingDown();
        }
        running.add(answering);
    }

    synchronized void remove(Answering answering) {
        running.remove(answering);
    }

    /** Stops all answers, also those that would come. */
    synchronized void end() {
        ended = true;
        running.forEach(Answering::stop);
    }
}
