package dev.altiplano.compute;

import java.util.Arrays;
import java.util.stream.Stream;

/** What the tests run on: a tier that this machine lacks has no tests. */
final class Tiers {
    private Tiers() {}

    static Stream<KernelTier> available() {
        return Arrays.stream(KernelTier.values()).filter(tier -> tier.whyUnavailable().isEmpty());
    }

    /** All but the one that judges. */
    static Stream<KernelTier> fast() {
        return available().filter(tier -> tier != KernelTier.SCALAR);
    }

    /** Those that quantise activations. */
    static Stream<KernelTier> machineCode() {
        return available().filter(tier -> tier.compareTo(KernelTier.VECTOR) > 0);
    }
}
