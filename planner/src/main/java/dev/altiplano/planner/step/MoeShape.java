package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * The experts of a mixture-of-experts model.
 *
 * @param experts routed experts of a layer, E; 0 in a dense model
 * @param topK experts that a token is sent to, K
 * @param shared experts that every token passes, S
 * @param every each layer whose number (from 1) this divides has experts
 * @param ffnExpert width of one expert, f_e
 */
public record MoeShape(int experts, int topK, int shared, int every, int ffnExpert) {
    public static final MoeShape NONE = new MoeShape(0, 0, 0, 1, 0);

    public MoeShape {
        Checks.range("experts", experts, 0, 100_000);
        Checks.range("experts per token", topK, 0, experts);
        Checks.range("shared experts", shared, 0, 100_000);
        Checks.range("layers with experts, one in", every, 1, 10_000);
        Checks.range("width of an expert", ffnExpert, experts == 0 ? 0 : 1, 1 << 24);
    }

    /** How many of {@code layers} layers have experts. */
    public int layers(int layers) {
        return experts == 0 ? 0 : layers / every;
    }
}
