package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.compute.machine.InstructionSet;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MachineKernelsTest {
    /** Relative to the sum of magnitudes: activations have 16 bits. */
    private static final double BOUND = 2e-5;

    private static MachineKernels kernels(long packableBytes) {
        assumeTrue(Tiers.machineCode().findAny().isPresent(), "no machine code here");
        return new MachineKernels(KernelTier.AVX2, InstructionSet.AVX2, packableBytes);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"I8", "I16", "I32", "I64", "U8", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void productsOfEveryFormatAgreeWithTheScalarTier(TensorFormat format) {
        requireProducts(kernels(Long.MAX_VALUE), format);
    }

    @Test
    void weightsThatFindNoMemoryAreDecodedAtEachUse() {
        MachineKernels kernels = kernels(100);

        requireProducts(kernels, TensorFormat.Q4_K);
        requireProducts(kernels, TensorFormat.F16);
    }

    private static void requireProducts(Kernels kernels, TensorFormat format) {
        SplittableRandom random = new SplittableRandom(1);
        int inputs = 2 * Math.max(format.blockWeights(), 32);
        Projection projection = Projection.of(RandomTensors.of(format, 21, inputs, random));
        float[] x = RandomTensors.floats(6 * inputs, random);

        float[] expected = Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, 6);
        float[] found = Products.multiply(kernels, projection, x, 6);

        float[] weights = new float[inputs];
        for (int i = 0; i < expected.length; i++) {
            projection.decodeOutput(i % 21, weights);
            double magnitude = 0;
            for (float weight : weights) {
                magnitude += Math.abs(weight);
            }
            assertThat(found[i]).isCloseTo(expected[i], within((float) (BOUND * magnitude)));
        }
    }
}
