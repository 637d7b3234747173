package dev.altiplano.server.api;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.quant.KvType;
import java.util.Optional;

/**
 * The answer of {@code /health}.
 *
 * @param kernels the tier that computes
 * @param kvCache how keys and values are stored
 * @param noMachineCode why it is not machine code; left out if it is
 */
record HealthResponse(
        String status, String kernels, String kvCache, Optional<String> noMachineCode) {
    static HealthResponse ok(KernelTier tier, KvType kvType) {
        return new HealthResponse(
                "ok", tier.toString(), kvType.toString(), tier.whyNoMachineCode());
    }
}
