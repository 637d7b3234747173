package dev.altiplano.server.api;

import java.util.Map;
import java.util.TreeMap;

/** How the answers of a call ended, and what they used together. */
final class AnswerTotals {
    private final Map<Integer, AnswerEvent.Ended> ends = new TreeMap<>();

    void add(AnswerEvent.Ended ended) {
        ends.put(ended.index(), ended);
    }

    /** The end of one answer. */
    AnswerEvent.Ended of(int index) {
        AnswerEvent.Ended ended = ends.get(index);
        if (ended == null) {
            throw new IllegalStateException("answer " + index + " has not ended");
        }
        return ended;
    }

    /**
     * The sums. A prompt counts once, however many answers it has; {@code prompts} times the same
     * number of answers follow each other.
     */
    Usage usage(int prompts) {
        int choices = ends.size() / prompts;
        int promptTokens = 0;
        int completionTokens = 0;
        for (AnswerEvent.Ended ended : ends.values()) {
            completionTokens += ended.usage().completionTokens();
            if (ended.index() % choices == 0) {
                promptTokens += ended.usage().promptTokens();
            }
        }
        return Usage.of(promptTokens, completionTokens);
    }
}
