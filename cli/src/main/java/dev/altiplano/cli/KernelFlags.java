package dev.altiplano.cli;

import dev.altiplano.compute.Activations;
import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.engine.EngineOptions;
import dev.altiplano.engine.MeasureOptions;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every verb that computes: with which kernels. */
final class KernelFlags {
    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "Kernels: scalar, vector, avx2, avx512 (default: the fastest).")
    private @Nullable String tier;

    @Option(
            names = "--activations",
            paramLabel = "TYPE",
            description =
                    "What quantised weights are multiplied with: int8, or f32, which is"
                            + " exact and slow (default: int8).")
    private @Nullable String activations;

    @Option(
            names = "--kv-type",
            paramLabel = "TYPE",
            description =
                    "How the KV cache stores keys and values: f32, f16 or q8_0 (default: f16; f32"
                            + " where logits are written or texts scored).")
    private @Nullable String kvType;

    /** The tier that was asked for. */
    Optional<KernelTier> tier() {
        return Optional.ofNullable(tier).map(KernelTier::parse);
    }

    MeasureOptions applyTo(MeasureOptions options) {
        MeasureOptions changed =
                options.withActivations(activations()).withKvType(kvType(options.kvType()));
        return tier().map(changed::withTier).orElse(changed);
    }

    EngineOptions applyTo(EngineOptions options) {
        EngineOptions changed =
                options.withActivations(activations()).withKvType(kvType(options.kvType()));
        return tier().map(changed::withTier).orElse(changed);
    }

    Activations activations() {
        return activations == null ? Activations.INT8 : Activations.parse(activations);
    }

    KvType kvType(KvType unlessAsked) {
        if (kvType == null) {
            return unlessAsked;
        }
        String wanted = kvType.strip();
        return Arrays.stream(KvType.values())
                .filter(type -> type.toString().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AltiplanoException(
                                        "KV cache type: expected f32, f16 or q8_0, found '%s'. Leave it out to take %s."
                                                .formatted(wanted, unlessAsked)));
    }
}
