package dev.altiplano.server.api;

import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;

/**
 * What OpenAI's shape has no place for.
 *
 * @param seed with which the same request gives the same answer again
 */
record AnswerFacts(long seed, Timings timings) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    static AnswerFacts of(GenerationRequest request, GenerationUsage usage) {
        // The first token comes out of the prefill; the others are decoded.
        int decoded = Math.max(0, usage.completionTokens() - 1);
        return new AnswerFacts(
                request.sampling().seed().orElseThrow(),
                new Timings(
                        usage.queueNanos() / NANOS_PER_MILLI,
                        usage.prefillNanos() / NANOS_PER_MILLI,
                        usage.decodeNanos() / NANOS_PER_MILLI,
                        rate(usage.promptTokens(), usage.prefillNanos()),
                        rate(decoded, usage.decodeNanos())));
    }

    private static double rate(int tokens, long nanos) {
        return nanos == 0 ? 0 : tokens * NANOS_PER_SECOND / nanos;
    }

    /** Where the time went; rates are tokens a second. */
    record Timings(
            double queueMs,
            double prefillMs,
            double decodeMs,
            double prefillTps,
            double decodeTps) {}
}
