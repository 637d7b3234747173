package dev.altiplano.engine.sampling;

/** One step from logits to a token: changes logits or drops candidates. */
@FunctionalInterface
interface SamplingStage {
    /**
     * @param history the tokens before the one to choose
     */
    void apply(Candidates candidates, TokenHistory history);
}
