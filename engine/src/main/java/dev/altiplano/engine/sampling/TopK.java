package dev.altiplano.engine.sampling;

/** Keeps the k most likely tokens (Fan et al., "Hierarchical neural story generation", 2018). */
record TopK(int k) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        if (k < candidates.size()) {
            candidates.keep(candidates.bestByLogit(k), k);
        }
    }
}
