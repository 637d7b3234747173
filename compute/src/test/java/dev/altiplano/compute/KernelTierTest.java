package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KernelTierTest {
    @ParameterizedTest
    @EnumSource
    void readsTheNameThatItPrints(KernelTier tier) {
        assertThat(KernelTier.parse(tier.toString())).isEqualTo(tier);
    }

    @ParameterizedTest
    @EnumSource
    void givesKernelsOrSaysWhyNot(KernelTier tier) {
        if (tier.whyUnavailable().isEmpty()) {
            assertThat(Kernels.of(tier).tier()).isEqualTo(tier);
        } else {
            assertThatThrownBy(() -> Kernels.of(tier))
                    .isInstanceOf(AltiplanoException.class)
                    .hasMessageContainingAll(tier.toString(), tier.whyUnavailable().get());
        }
    }

    @Test
    void refusesAnUnknownName() {
        assertThatThrownBy(() -> KernelTier.parse("cuda"))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("scalar", "vector", "cuda");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyItIsNotMachineCodeUnlessItIs(KernelTier tier) {
        boolean isMachineCode = tier == KernelTier.AVX2 || tier == KernelTier.AVX512;

        assertThat(tier.whyNoMachineCode().isEmpty()).isEqualTo(isMachineCode);
    }

    @Test
    void takesTheFastestTierThatThereIs() {
        assertThat(Kernels.best().tier()).isEqualTo(Tiers.available().toList().getLast());
    }
}
