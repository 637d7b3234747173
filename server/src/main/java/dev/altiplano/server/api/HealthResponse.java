package dev.altiplano.server.api;

import dev.altiplano.compute.KernelTier;
import java.util.Optional;

/**
 * The answer of {@code /health}.
 *
 * @param kernels the tier that computes
 * @param noMachineCode why it is not machine code; left out if it is
 */
record HealthResponse(String status, String kernels, Optional<String> noMachineCode) {
    static HealthResponse ok(KernelTier tier) {
        return new HealthResponse("ok", tier.toString(), tier.whyNoMachineCode());
    }
}
