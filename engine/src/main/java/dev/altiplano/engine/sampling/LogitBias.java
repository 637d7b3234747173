package dev.altiplano.engine.sampling;

import java.util.Map;

/** Adds what the caller wants to favour or forbid. */
record LogitBias(Map<Integer, Float> biases) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        biases.forEach((id, bias) -> candidates.setLogit(id, candidates.logit(id) + bias));
    }
}
