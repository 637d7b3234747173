package dev.altiplano.compute;

import dev.altiplano.compute.x86.CpuFeatures;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of kernels, slowest first. One is chosen at start-up and used for everything. */
public enum KernelTier {
    /** Plain Java: the truth that judges the others. Always there. */
    SCALAR,
    /** The Vector API: needs the module {@code jdk.incubator.vector}. */
    VECTOR,
    /** Machine code for AVX2, FMA and F16C. */
    AVX2,
    /** Machine code for AVX-512 with its 8-bit dot products (VNNI). */
    AVX512;

    private static final Optional<CpuFeatures> CPU = CpuFeatures.detect();

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

    /** The fastest tier that this process can run. */
    public static KernelTier best() {
        KernelTier best = SCALAR;
        for (KernelTier tier : values()) {
            if (tier.whyUnavailable().isEmpty()) {
                best = tier;
            }
        }
        return best;
    }

    /** Why this process cannot run the tier, and what to do; empty if it can. */
    public Optional<String> whyUnavailable() {
        return switch (this) {
            case SCALAR -> Optional.empty();
            case AVX2 -> whyNoMachineCode(CPU.map(CpuFeatures::avx2), "AVX2, FMA and F16C");
            case AVX512 ->
                    whyNoMachineCode(
                            CPU.map(cpu -> cpu.avx512() && cpu.vnni()), "AVX-512 with VNNI");
            case VECTOR ->
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    "the module jdk.incubator.vector is not loaded. Start Java with"
                                            + " --add-modules jdk.incubator.vector");
        };
    }

    private static Optional<String> whyNoMachineCode(Optional<Boolean> has, String what) {
        if (has.isEmpty()) {
            return Optional.of(
                    "machine code needs an x86-64 processor, Linux or macOS, and a system that lets"
                            + " a process make memory executable. Take another tier");
        }
        return has.get()
                ? Optional.empty()
                : Optional.of("this processor lacks %s. Take another tier".formatted(what));
    }

    /** The lower-case name, as flags and reports spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
