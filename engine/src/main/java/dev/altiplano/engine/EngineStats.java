package dev.altiplano.engine;

import java.util.Map;

/**
 * The engine at one moment. Counters count from the engine's start.
 *
 * @param sequencesRunning admitted and not ended, the paused ones among them
 * @param sequencesPaused those whose readers are behind
 * @param requestsWaiting in the queue
 * @param kvTokensReserved positions promised to running sequences
 * @param kvTokensTotal positions there are
 * @param promptTokens read by the model
 * @param generatedTokens sampled
 * @param steps forward passes
 * @param finished ended generations by reason
 */
public record EngineStats(
        int sequencesRunning,
        int sequencesPaused,
        int requestsWaiting,
        long kvTokensReserved,
        long kvTokensTotal,
        long promptTokens,
        long generatedTokens,
        long steps,
        Map<FinishReason, Long> finished) {
    public EngineStats {
        finished = Map.copyOf(finished);
    }
}
