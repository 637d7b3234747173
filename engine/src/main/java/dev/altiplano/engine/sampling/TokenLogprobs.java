package dev.altiplano.engine.sampling;

import java.util.List;

/**
 * Natural logarithms of probabilities at one position, from the model's own distribution: before
 * bias, penalties, filters and temperature.
 *
 * @param logprob of the token that stands at the position
 * @param top the most likely tokens, best first, as many as were asked for
 */
public record TokenLogprobs(float logprob, List<Alternative> top) {

    /** A token that could have stood there. */
    public record Alternative(int id, float logprob) {}

    public TokenLogprobs {
        top = List.copyOf(top);
    }
}
