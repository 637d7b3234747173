package dev.altiplano.engine.sampling;

import java.util.List;

/**
 * DRY ("don't repeat yourself"): a token that would extend a repetition of at least {@code
 * allowedLength} tokens loses {@code multiplier * base^(length - allowedLength)} of its logit.
 *
 * @param multiplier 0 switches it off
 * @param base 1 or more
 * @param allowedLength repetitions shorter than this are free; at least 1
 * @param lastTokens how far it looks back, in tokens; -1 is the whole sequence, 0 is off
 * @param sequenceBreakers texts that no repetition reaches across, such as a line end
 */
public record DryOptions(
        float multiplier,
        float base,
        int allowedLength,
        int lastTokens,
        List<String> sequenceBreakers) {
    public static final int SEQUENCE_BREAKERS_MAX = 64;

    /** Off; the other values are those the field uses once the multiplier is set. */
    public static final DryOptions OFF =
            new DryOptions(0, 1.75f, 2, -1, List.of("\n", ":", "\"", "*"));

    /** Throws {@link IllegalArgumentException} for a value out of range. */
    public DryOptions {
        SamplingOptions.check("dry multiplier", multiplier, 0, 100);
        SamplingOptions.check("dry base", base, 1, 100);
        SamplingOptions.check("dry allowed length", allowedLength, 1, Integer.MAX_VALUE);
        SamplingOptions.check("dry last tokens", lastTokens, -1, Integer.MAX_VALUE);
        SamplingOptions.check(
                "number of dry sequence breakers",
                sequenceBreakers.size(),
                0,
                SEQUENCE_BREAKERS_MAX);
        sequenceBreakers = List.copyOf(sequenceBreakers);
        if (sequenceBreakers.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a dry sequence breaker is empty");
        }
    }

    public boolean isOn() {
        return multiplier > 0 && lastTokens != 0;
    }

    public DryOptions withMultiplier(float value) {
        return new DryOptions(value, base, allowedLength, lastTokens, sequenceBreakers);
    }

    public DryOptions withBase(float value) {
        return new DryOptions(multiplier, value, allowedLength, lastTokens, sequenceBreakers);
    }

    public DryOptions withAllowedLength(int value) {
        return new DryOptions(multiplier, base, value, lastTokens, sequenceBreakers);
    }

    public DryOptions withLastTokens(int value) {
        return new DryOptions(multiplier, base, allowedLength, value, sequenceBreakers);
    }

    public DryOptions withSequenceBreakers(List<String> value) {
        return new DryOptions(multiplier, base, allowedLength, lastTokens, value);
    }
}
