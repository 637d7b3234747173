package dev.altiplano.engine.sampling;

/**
 * Keeps the most likely tokens until they have the probability p together (Holtzman et al., "The
 * curious case of neural text degeneration", 2020). The last one reaches or crosses p.
 */
record TopP(float p) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        double sum = candidates.weigh();
        Nucleus.keep(candidates, p * sum, candidates::bestByLogit);
    }
}
