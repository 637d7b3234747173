package dev.altiplano.engine.sampling;

/** Divides all logits: above 1 evens out the distribution, below 1 sharpens it. */
record Temperature(float temperature) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        for (int i = 0; i < candidates.size(); i++) {
            candidates.setLogit(i, candidates.logit(i) / temperature);
        }
    }
}
