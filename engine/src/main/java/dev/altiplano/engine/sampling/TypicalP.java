package dev.altiplano.engine.sampling;

/**
 * Keeps the tokens whose surprise is nearest to the expected one, until they have the probability p
 * together (Meister et al., "Locally typical sampling", 2022). The last one crosses p, as in
 * llama.cpp.
 */
record TypicalP(float p) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        double sum = candidates.weigh();
        double entropy = 0;
        for (int i = 0; i < candidates.size(); i++) {
            double probability = candidates.weight(i) / sum;
            if (probability > 0) {
                entropy -= probability * Math.log(probability);
            }
        }
        float[] keys = candidates.keys();
        for (int i = 0; i < candidates.size(); i++) {
            // An impossible token has infinite surprise: the farthest from any expectation.
            keys[i] = (float) -Math.abs(-Math.log(candidates.weight(i) / sum) - entropy);
        }
        Nucleus.keep(candidates, p * sum, candidates::bestByKey);
    }
}
