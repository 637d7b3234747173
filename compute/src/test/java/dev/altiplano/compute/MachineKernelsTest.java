package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.altiplano.compute.machine.InstructionSet;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MachineKernelsTest {
    /** Relative to the sum of magnitudes: activations have 16 bits. */
    private static final double BOUND = 2e-5;

    private static final int TOKENS = 6;

    private static MachineKernels kernels(long packableBytes) {
        assumeTrue(Tiers.machineCode().findAny().isPresent(), "no machine code here");
        return new MachineKernels(
                KernelTier.AVX2, InstructionSet.AVX2, Activations.INT8, packableBytes);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"I8", "I16", "I32", "I64", "U8", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void productsOfEveryFormatAgreeWithTheScalarTier(TensorFormat format) {
        float[] x = RandomTensors.floats(TOKENS * inputs(format), new SplittableRandom(2));

        requireProducts(kernels(Long.MAX_VALUE), format, x, halfCoarseStep(x) + BOUND);
    }

    /** Where one activation is far larger than the others of its row, 16 bits are kept. */
    @ParameterizedTest
    @EnumSource(
            names = {"I8", "I16", "I32", "I64", "U8", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void activationsThatStandOutDoNotDrownTheirNeighbours(TensorFormat format) {
        float[] x = RandomTensors.floats(TOKENS * inputs(format), new SplittableRandom(2));
        double calm = halfCoarseStep(x);
        for (int first = 0; first < x.length; first += 2 * 32) {
            x[first + first / 64 % 32] = 40;
        }

        requireProducts(kernels(Long.MAX_VALUE), format, x, calm + 40 * BOUND);
    }

    private static double halfCoarseStep(float[] x) {
        double largest = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest / 254;
    }

    @Test
    void weightsThatFindNoMemoryAreDecodedAtEachUse() {
        MachineKernels kernels = kernels(100);

        for (TensorFormat format : List.of(TensorFormat.Q4_K, TensorFormat.F16)) {
            float[] x = RandomTensors.floats(TOKENS * inputs(format), new SplittableRandom(2));
            requireProducts(kernels, format, x, BOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_K", "Q6_K", "Q8_0"})
    void activationsOfF32LoseNothingOfAnOutlierAndItsNeighbours(TensorFormat format) {
        SplittableRandom random = new SplittableRandom(7);
        Projection projection = Projection.of(RandomTensors.of(format, 16, 256, random));
        float[] x = RandomTensors.floats(256, random);
        x[3] = 1e6f; // 8 bits for the block would count its neighbours in steps of 7,874

        float[] expected = Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, 1);
        float[] exact =
                Products.multiply(Kernels.of(KernelTier.AVX2, Activations.F32), projection, x, 1);

        for (int i = 0; i < expected.length; i++) {
            assertThat(exact[i]).isCloseTo(expected[i], within(1e-6f * Math.abs(expected[i]) + 1));
        }
    }

    private static int inputs(TensorFormat format) {
        return 2 * Math.max(format.blockWeights(), 32);
    }

    /** Each result to {@code bound} times the sum of the magnitudes of its weights. */
    private static void requireProducts(
            Kernels kernels, TensorFormat format, float[] x, double bound) {
        int inputs = inputs(format);
        Projection projection =
                Projection.of(RandomTensors.of(format, 21, inputs, new SplittableRandom(1)));

        float[] expected = Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, TOKENS);
        float[] found = Products.multiply(kernels, projection, x, TOKENS);

        float[] weights = new float[inputs];
        for (int i = 0; i < expected.length; i++) {
            projection.decodeOutput(i % 21, weights);
            double magnitude = 0;
            for (float weight : weights) {
                magnitude += Math.abs(weight);
            }
            assertThat(found[i]).isCloseTo(expected[i], within((float) (bound * magnitude)));
        }
    }
}
