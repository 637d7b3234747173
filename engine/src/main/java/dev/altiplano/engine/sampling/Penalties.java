package dev.altiplano.engine.sampling;

import java.util.Arrays;

/**
 * Makes tokens less likely that were seen lately: by repetition (Keskar et al., "CTRL", 2019, with
 * the sign rule of its later implementations), presence and frequency (OpenAI's definition). Source
 * of the order within: llama.cpp, {@code llama_sampler_penalties}.
 */
record Penalties(PenaltyOptions options) implements SamplingStage {
    @Override
    public void apply(Candidates candidates, TokenHistory history) {
        int[] seen =
                Arrays.copyOfRange(
                        history.ids(), history.startOfLast(options.lastTokens()), history.size());
        Arrays.sort(seen);
        int from = 0;
        for (int i = 1; i <= seen.length; i++) {
            if (i == seen.length || seen[i] != seen[from]) {
                penalise(candidates, seen[from], i - from);
                from = i;
            }
        }
    }

    private void penalise(Candidates candidates, int id, int count) {
        float logit = candidates.logit(id);
        float scaled = logit <= 0 ? logit * options.repetition() : logit / options.repetition();
        candidates.setLogit(id, scaled - count * options.frequency() - options.presence());
    }
}
