package dev.altiplano.compute;

import dev.altiplano.compute.x86.CpuFeatures;
import java.lang.module.ModuleFinder;
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

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

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
                    ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    "the module "
                                            + VECTOR_MODULE
                                            + " is not loaded. Ask the launcher for --tier vector, or"
                                            + " start Java with --add-modules "
                                            + VECTOR_MODULE);
        };
    }

    /**
     * Whether this JDK has what the tier needs, though another start may be needed to load it: the
     * launcher loads the vector module only for those who use it.
     */
    public boolean isInstalled() {
        return whyUnavailable().isEmpty()
                || (this == VECTOR && ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent());
    }

    /** Why this is not machine code, the fastest kind; empty if it is. */
    public Optional<String> whyNoMachineCode() {
        return compareTo(VECTOR) > 0
                ? Optional.empty()
                : Optional.of(AVX2.whyUnavailable().orElse("another tier was asked for: " + this));
    }

    /** Whether this machine could compute many times faster than with this tier. */
    public boolean isSlowHere() {
        return this == SCALAR || (CpuFeatures.isX86OnUnix() && whyNoMachineCode().isPresent());
    }

    private static Optional<String> whyNoMachineCode(Optional<Boolean> has, String what) {
        if (has.isEmpty()) {
            return Optional.of(
                    CpuFeatures.isX86OnUnix()
                            ? "the system lets no process make memory executable, which machine code"
                                    + " needs. Allow it, or take another tier"
                            : "machine code needs an x86-64 processor, and Linux or macOS. Take"
                                    + " another tier");
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
