package dev.altiplano.server.api;

import dev.altiplano.engine.FinishReason;
import dev.altiplano.engine.GenerationRequest;
import dev.altiplano.engine.GenerationUsage;
import java.util.Optional;

/**
 * What OpenAI's shape has no place for.
 *
 * @param seed with which the same request gives the same answer again
 * @param stopReason {@value #CONTEXT_FULL} where {@code finish_reason} is {@code length} because
 *     prompt and answer fill the context, not because of {@code max_tokens}
 */
record AnswerFacts(long seed, Optional<String> stopReason, Timings timings) {
    private static final String CONTEXT_FULL = "context_full";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    static AnswerFacts of(GenerationRequest request, AnswerEvent.Ended ended) {
        GenerationUsage usage = ended.usage();
        // The first token comes out of the prefill; the others are decoded.
        int decoded = Math.max(0, usage.completionTokens() - 1);
        return new AnswerFacts(
                request.sampling().seed().orElseThrow(),
                ended.reason() == FinishReason.CONTEXT_FULL
                        ? Optional.of(CONTEXT_FULL)
                        : Optional.empty(),
                new Timings(
                        millis(usage.queueNanos()),
                        millis(usage.prefillNanos()),
                        millis(usage.decodeNanos()),
                        rate(usage.promptTokens(), usage.prefillNanos()),
                        rate(decoded, usage.decodeNanos())));
    }

    private static double millis(long nanos) {
        return rounded(nanos / NANOS_PER_MILLI);
    }

    private static double rate(int tokens, long nanos) {
        return nanos == 0 ? 0 : rounded(tokens * NANOS_PER_SECOND / nanos);
    }

    /** To thousandths: more digits would say more than was measured. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Where the time went; rates are tokens a second. */
    record Timings(
            double queueMs,
            double prefillMs,
            double decodeMs,
            double prefillTps,
            double decodeTps) {}
}
