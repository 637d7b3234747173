package dev.altiplano.engine.sampling;

/**
 * Penalties for tokens that were seen already, in the prompt or in the answer.
 *
 * @param repetition divides a positive logit and multiplies a negative one; 1 is off
 * @param presence taken off once if the token was seen; 0 is off
 * @param frequency taken off for each time the token was seen; 0 is off
 * @param lastTokens how far they look back, in tokens; -1 is the whole sequence, 0 is off
 */
public record PenaltyOptions(float repetition, float presence, float frequency, int lastTokens) {
    /** Off; looks back as far as llama.cpp does, once a penalty is set. */
    public static final PenaltyOptions OFF = new PenaltyOptions(1, 0, 0, 64);

    /** Throws {@link IllegalArgumentException} for a value out of range. */
    public PenaltyOptions {
        SamplingOptions.check("repetition penalty", repetition, 0.01, 100);
        SamplingOptions.check("presence penalty", presence, -100, 100);
        SamplingOptions.check("frequency penalty", frequency, -100, 100);
        SamplingOptions.check("penalty last tokens", lastTokens, -1, Integer.MAX_VALUE);
    }

    public boolean isOn() {
        return lastTokens != 0 && (repetition != 1 || presence != 0 || frequency != 0);
    }

    public PenaltyOptions withRepetition(float value) {
        return new PenaltyOptions(value, presence, frequency, lastTokens);
    }

    public PenaltyOptions withPresence(float value) {
        return new PenaltyOptions(repetition, value, frequency, lastTokens);
    }

    public PenaltyOptions withFrequency(float value) {
        return new PenaltyOptions(repetition, presence, value, lastTokens);
    }

    public PenaltyOptions withLastTokens(int value) {
        return new PenaltyOptions(repetition, presence, frequency, value);
    }
}
