package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.machine.InstructionSet;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiers that lay weights out in panels and quantise activations. */
final class PackedKernelsTest {
    /** Relative to the sum of magnitudes: activations have 16 bits. */
    private static final double BOUND = 2e-5;

    private static final int TOKENS = 6;
    private static final int OUTPUTS = 21;

    private static final EnumSet<TensorFormat> NO_WEIGHTS =
            EnumSet.of(
                    TensorFormat.I8,
                    TensorFormat.I16,
                    TensorFormat.I32,
                    TensorFormat.I64,
                    TensorFormat.U8,
                    TensorFormat.BOOL);

    static Stream<KernelTier> tiers() {
        return Stream.of(KernelTier.VECTOR, KernelTier.AVX2)
                .filter(tier -> tier.whyUnavailable().isEmpty());
    }

    static Stream<Arguments> tiersAndFormats() {
        return withTiers(EnumSet.complementOf(NO_WEIGHTS).stream());
    }

    static Stream<Arguments> tiersAndWrittenFormats() {
        return withTiers(
                EnumSet.complementOf(NO_WEIGHTS).stream()
                        .filter(format -> format.encoder().isPresent()));
    }

    private static Stream<Arguments> withTiers(Stream<TensorFormat> formats) {
        return formats.flatMap(format -> tiers().map(tier -> Arguments.of(tier, format)));
    }

    private static Kernels kernels(KernelTier tier, Activations activations, long packableBytes) {
        return tier == KernelTier.VECTOR
                ? new VectorKernels(activations, packableBytes)
                : new MachineKernels(tier, InstructionSet.AVX2, activations, packableBytes);
    }

    private static Kernels kernels(KernelTier tier) {
        return kernels(tier, Activations.INT8, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("tiersAndFormats")
    void productsOfEveryFormatAgreeWithTheScalarTier(KernelTier tier, TensorFormat format) {
        for (int inputs : new int[] {inputs(format), 3 * 256, 5 * 256}) {
            float[] x = RandomTensors.floats(TOKENS * inputs, new SplittableRandom(2));

            requireProducts(kernels(tier), format, x, halfCoarseStep(x) + BOUND);
        }
    }

    /** Where one activation is far larger than the others of its row, 16 bits are kept. */
    @ParameterizedTest
    @MethodSource("tiersAndFormats")
    void activationsThatStandOutDoNotDrownTheirNeighbours(KernelTier tier, TensorFormat format) {
        float[] x = RandomTensors.floats(TOKENS * inputs(format), new SplittableRandom(2));
        double calm = halfCoarseStep(x);
        for (int first = 0; first < x.length; first += 2 * 32) {
            x[first + first / 64 % 32] = 40;
        }

        requireProducts(kernels(tier), format, x, calm + 40 * BOUND);
    }

    private static double halfCoarseStep(float[] x) {
        double largest = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest / 254;
    }

    @ParameterizedTest
    @MethodSource("tiersAndFormats")
    void aTokensProductIsTheSameBitsInAnyBatch(KernelTier tier, TensorFormat format) {
        Kernels kernels = kernels(tier);
        SplittableRandom random = new SplittableRandom(3);
        int inputs = inputs(format) + 512;
        Projection projection = Projection.of(RandomTensors.of(format, OUTPUTS, inputs, random));
        float[] x = RandomTensors.floats(70 * inputs, random);
        for (int i = 5; i < x.length; i += 777) {
            x[i] = 50; // some groups stand out
        }

        float[] together = Products.multiply(kernels, projection, x, 70);

        for (int tokens : new int[] {1, 3, 4, 7, 64}) {
            for (int first : new int[] {0, 5, 70 - tokens}) {
                float[] part = Arrays.copyOfRange(x, first * inputs, (first + tokens) * inputs);
                assertThat(Products.multiply(kernels, projection, part, tokens))
                        .isEqualTo(
                                Arrays.copyOfRange(
                                        together, first * OUTPUTS, (first + tokens) * OUTPUTS));
            }
        }
    }

    /** Weights and activations at the ends of their ranges: sums of 16 bits must hold them. */
    @ParameterizedTest
    @MethodSource("tiersAndWrittenFormats")
    void theLargestQuantsDoNotOverflow(KernelTier tier, TensorFormat format) {
        for (float sign : new float[] {1, -1}) {
            float[] values = new float[OUTPUTS * 256];
            Arrays.fill(values, sign);
            for (int i = 0; i < values.length; i += 16) {
                values[i] = -sign; // so that formats with a minimum use both ends
            }
            Projection projection =
                    Projection.of(RandomTensors.encoded(format, values, OUTPUTS, 256));
            float[] x = new float[TOKENS * 256];
            Arrays.fill(x, 1f);

            float[] expected =
                    Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, TOKENS);
            float[] found = Products.multiply(kernels(tier), projection, x, TOKENS);

            assertThat(found).containsExactly(expected, within(0.01f));
        }
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void weightsThatFindNoMemoryAreDecodedAtEachUse(KernelTier tier) {
        Kernels kernels = kernels(tier, Activations.INT8, 100);

        for (TensorFormat format : List.of(TensorFormat.Q4_K, TensorFormat.F16)) {
            float[] x = RandomTensors.floats(TOKENS * inputs(format), new SplittableRandom(2));
            requireProducts(kernels, format, x, BOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("tiersAndFormats")
    void activationsOfF32LoseNothingOfAnOutlierAndItsNeighbours(
            KernelTier tier, TensorFormat format) {
        SplittableRandom random = new SplittableRandom(7);
        Projection projection = Projection.of(RandomTensors.of(format, 16, 256, random));
        float[] x = RandomTensors.floats(256, random);
        x[3] = 1e6f; // 8 bits for the block would count its neighbours in steps of 7,874

        float[] expected = Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, 1);
        float[] exact =
                Products.multiply(kernels(tier, Activations.F32, Long.MAX_VALUE), projection, x, 1);

        for (int i = 0; i < expected.length; i++) {
            assertThat(exact[i]).isCloseTo(expected[i], within(2e-6f * Math.abs(expected[i]) + 1));
        }
    }

    private static int inputs(TensorFormat format) {
        return 2 * Math.max(format.blockWeights(), 32);
    }

    /** Each result to {@code bound} times the sum of the magnitudes of its weights. */
    private static void requireProducts(
            Kernels kernels, TensorFormat format, float[] x, double bound) {
        int inputs = x.length / TOKENS;
        Projection projection =
                Projection.of(RandomTensors.of(format, OUTPUTS, inputs, new SplittableRandom(1)));

        float[] expected = Products.multiply(Kernels.of(KernelTier.SCALAR), projection, x, TOKENS);
        float[] found = Products.multiply(kernels, projection, x, TOKENS);

        float[] weights = new float[inputs];
        for (int i = 0; i < expected.length; i++) {
            projection.decodeOutput(i % OUTPUTS, weights);
            double magnitude = 0;
            for (float weight : weights) {
                magnitude += Math.abs(weight);
            }
            assertThat(found[i]).isCloseTo(expected[i], within((float) (bound * magnitude)));
        }
    }
}
