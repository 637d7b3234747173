package dev.altiplano.compute;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of kernels, slowest first. One is chosen at start-up and used for everything. */
public enum KernelTier {
    /** Plain Java: the truth that judges the others. Always there. */
    SCALAR,
    /** The Vector API: needs the module {@code jdk.incubator.vector}. */
    VECTOR;

    /** The tier that {@code --tier} and {@code ALTIPLANO_TIER} call {@code text}. */
    public static KernelTier parse(String text) {
        for (KernelTier tier : values()) {
            if (tier.toString().equalsIgnoreCase(text.strip())) {
                return tier;
            }
        }
        throw new AltiplanoException(
                "kernel tier: expected %s, found '%s'. Leave it out to take the fastest."
                        .formatted(
                                Arrays.stream(values())
                                        .map(KernelTier::toString)
                                        .collect(Collectors.joining(" or ")),
                                text));
    }

    /** Why this process cannot run the tier, and what to do; empty if it can. */
    public Optional<String> whyUnavailable() {
        return switch (this) {
            case SCALAR -> Optional.empty();
            case VECTOR ->
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    "the module jdk.incubator.vector is not loaded. Start Java with"
                                            + " --add-modules jdk.incubator.vector");
        };
    }

    /** The lower-case name, as flags and reports spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
