package dev.altiplano.compute;

import java.util.Locale;

/** What quantised weights are multiplied with. The scalar tier always takes f32. */
public enum Activations {
    /** 8 bits and a scale for each 32 values, and 8 bits more where one stands out: fast. */
    INT8,
    /** The f32 values themselves; the weights are decoded at each use, which is slow. */
    F32;

    /** What {@code --activations} and {@code ALTIPLANO_ACTIVATIONS} call {@code text}. */
    public static Activations parse(String text) {
        for (Activations activations : values()) {
            if (activations.toString().equalsIgnoreCase(text.strip())) {
                return activations;
            }
        }
        throw new AltiplanoException(
                "activations: expected int8 or f32, found '%s'. Leave it out to take int8."
                        .formatted(text));
    }

    /** The lower-case name, as flags and reports spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
