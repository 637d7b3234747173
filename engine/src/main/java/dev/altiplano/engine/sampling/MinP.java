package dev.altiplano.engine.sampling;

/**
 * Keeps the tokens that are at least p times as likely as the most likely one (Nguyen et al.,
 * "Turning up the heat: min-p sampling", 2024).
 */
record MinP(float p) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        float largest = candidates.logit(candidates.best());
        candidates.keepAtLeast((float) (largest + Math.log(p)));
    }
}
