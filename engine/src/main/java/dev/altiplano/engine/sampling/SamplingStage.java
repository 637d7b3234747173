package dev.altiplano.engine.sampling;

/** One step from logits to a token: changes logits or drops candidates. */
@FunctionalInterface
interface SamplingStage {
    /** Acts on what may come after {@code history}. */
    void apply(Candidates candidates, TokenHistory history);
}
