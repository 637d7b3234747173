package dev.altiplano.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.Projection.Layout;
import dev.altiplano.compute.quant.TensorFormat;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel of the vector tier against the scalar one, and each against itself. */
final class KernelsTest {
    private static final Kernels SCALAR = Kernels.of(KernelTier.SCALAR);
    private static final Kernels VECTOR = Kernels.of(KernelTier.VECTOR, Activations.F32);

    /** Relative to the sum of magnitudes: each of n additions rounds once. */
    private static final double ROUNDING = Math.ulp(1f);

    private static final float UNTOUCHED = 12345;

    private static final int[] LENGTHS = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100, 257};

    @ParameterizedTest
    @EnumSource(
            names = {"I8", "I16", "I32", "I64", "U8", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void productsOfEveryFormatAgree(TensorFormat format) {
        SplittableRandom random = new SplittableRandom(3);
        int inputs = 2 * Math.max(format.blockWeights(), 32);
        Tensor weights = RandomTensors.of(format, 21, inputs, random);

        requireSameProducts(VECTOR, Projection.of(weights), 6, random);
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void productsOfAnyLengthAgree(KernelTier tier) {
        SplittableRandom random = new SplittableRandom(4);
        for (int inputs : LENGTHS) {
            float[] values = RandomTensors.floats(5 * inputs, random);
            Tensor weights = RandomTensors.ofFloats(values, 5, inputs);

            requireSameProducts(Kernels.of(tier), Projection.of(weights), 3, random);
        }
    }

    private static void requireSameProducts(
            Kernels kernels, Projection projection, int tokens, SplittableRandom random) {
        float[] x = RandomTensors.floats(tokens * projection.inputs(), random);
        float[] expected = Products.multiply(SCALAR, projection, x, tokens);
        float[] found = Products.multiply(kernels, projection, x, tokens);
        float[] weights = new float[projection.inputs()];
        for (int output = 0; output < projection.outputs(); output++) {
            projection.decodeOutput(output, weights);
            double magnitude = 0;
            for (float weight : weights) {
                magnitude += Math.abs(weight);
            }
            for (int token = 0; token < tokens; token++) {
                int i = token * projection.outputs() + output;
                assertThat(found[i])
                        .isCloseTo(expected[i], within((float) (4 * ROUNDING * magnitude)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void aTokensProductIsTheSameBitsInAnyBatch(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        SplittableRandom random = new SplittableRandom(5);
        for (int inputs : new int[] {96, 100}) {
            float[] values = RandomTensors.floats(19 * inputs, random);
            Projection projection = Projection.of(RandomTensors.ofFloats(values, 19, inputs));
            float[] x = RandomTensors.floats(21 * inputs, random);
            float[] together = Products.multiply(kernels, projection, x, 21);
            for (int tokens : new int[] {1, 2, 3, 4, 5, 16}) {
                for (int first = 0; first + tokens <= 21; first += tokens) {
                    float[] part = Arrays.copyOfRange(x, first * inputs, 21 * inputs);
                    float[] alone = Products.multiply(kernels, projection, part, tokens);
                    assertThat(alone)
                            .isEqualTo(
                                    Arrays.copyOfRange(
                                            together, first * 19, (first + tokens) * 19));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void anOutputIsTheSameBitsInAnyRangeAndNothingElseIsTouched(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        SplittableRandom random = new SplittableRandom(6);
        Projection projection = Projection.of(RandomTensors.of(TensorFormat.Q4_1, 37, 96, random));
        float[] x = RandomTensors.floats(5 * 96, random);
        float[] whole = Products.multiply(kernels, projection, x, 5);
        for (int from = 0; from < 37; from += 3) {
            for (int to = from; to <= 37; to += 5) {
                float[] out = new float[5 * 37];
                Arrays.fill(out, UNTOUCHED);
                Products.multiply(kernels, projection, from, to, x, 5, out);
                for (int i = 0; i < out.length; i++) {
                    boolean inside = i % 37 >= from && i % 37 < to;
                    assertThat(out[i]).isEqualTo(inside ? whole[i] : UNTOUCHED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#available")
    void inputMajorWeightsGiveTheSameBits(KernelTier tier) {
        SplittableRandom random = new SplittableRandom(8);
        int outputs = 37;
        int inputs = 50;
        float[] values = RandomTensors.floats(outputs * inputs, random);
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            transposed[i % inputs * outputs + i / inputs] = values[i];
        }
        Projection rows = Projection.of(RandomTensors.ofFloats(values, outputs, inputs));
        Projection columns =
                new Projection(
                        RandomTensors.ofFloats(transposed, inputs, outputs),
                        Layout.INPUT_MAJOR,
                        0,
                        outputs);
        float[] x = RandomTensors.floats(9 * inputs, random);

        float[] whole = Products.multiply(Kernels.of(tier), rows, x, 9);
        assertThat(Products.multiply(Kernels.of(tier), columns, x, 9)).isEqualTo(whole);
        float[] half = Products.multiply(Kernels.of(tier), columns.part(20, 17), x, 1);
        assertThat(half).isEqualTo(Arrays.copyOfRange(whole, 20, 37));
    }

    /** The first runs are interpreted, the last ones compiled by C2. */
    @Test
    void compiledCodeGivesTheSameBitsAsInterpretedCode() {
        SplittableRandom random = new SplittableRandom(13);
        Projection projection = Projection.of(RandomTensors.of(TensorFormat.Q4_K, 8, 256, random));
        float[] x = RandomTensors.floats(5 * 256, random);
        float[] gate = RandomTensors.floats(40, random);
        float[] product = Products.multiply(VECTOR, projection, x, 5);
        float[] silu = gate.clone();
        VECTOR.siluMultiply(silu, x, 0, 40, VECTOR.newScratch(40));
        for (int run = 0; run < 6000; run++) {
            float[] hotSilu = gate.clone();
            VECTOR.siluMultiply(hotSilu, x, 0, 40, VECTOR.newScratch(40));
            float[] hotProduct = Products.multiply(VECTOR, projection, x, 5);
            if (run % 500 == 0) {
                assertThat(hotProduct).isEqualTo(product);
                assertThat(hotSilu).isEqualTo(silu);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void normsAgree(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        Scratch scratch = kernels.newScratch(300);
        SplittableRandom random = new SplittableRandom(9);
        for (int length : LENGTHS) {
            float[] x = RandomTensors.floats(length + 3, random);
            float[] weight = RandomTensors.floats(length, random);
            float[] expected = new float[length + 3];
            float[] found = new float[length + 3];

            SCALAR.rmsNorm(x, 3, weight, 1e-5f, expected, scratch);
            kernels.rmsNorm(x, 3, weight, 1e-5f, found, scratch);

            assertThat(found).containsExactly(expected, within(2e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-30f, 1e-3f, 1e15f})
    void normsOfTinyAndHugeRowsAreFinite(float value) {
        float[] x = new float[40];
        Arrays.fill(x, value);
        float[] weight = new float[40];
        Arrays.fill(weight, 1);
        for (KernelTier tier : Tiers.available().toList()) {
            Kernels kernels = Kernels.of(tier);
            float[] out = new float[40];
            kernels.rmsNorm(x, 0, weight, 1e-5f, out, kernels.newScratch(40));

            float expected = (float) (value / Math.sqrt((double) value * value + 1e-5f));
            assertThat(out).contains(new float[] {expected}, within(1e-5f));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void siluOfOrdinaryAndExtremeValuesAgree(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        Scratch scratch = kernels.newScratch(300);
        float[] extremes = {
            0, -0f, 1e-30f, -1e-30f, 20, -20, 88, -88, 89, -89, 1e4f, -1e4f, 3e38f, -3e38f
        };
        SplittableRandom random = new SplittableRandom(10);
        for (int length : LENGTHS) {
            float[] gate = RandomTensors.floats(length + 2, random);
            for (int i = 0; i < length; i++) {
                gate[1 + i] = i < extremes.length ? extremes[i] : 12 * gate[1 + i];
            }
            float[] up = RandomTensors.floats(length + 2, random);
            float[] expected = gate.clone();
            float[] found = gate.clone();

            SCALAR.siluMultiply(expected, up, 1, length + 1, scratch);
            kernels.siluMultiply(found, up, 1, length + 1, scratch);

            for (int i = 0; i < found.length; i++) {
                float bound = Math.max(1e-30f, 1e-6f * Math.abs(expected[i]));
                assertThat(found[i]).as("silu(%s)", gate[i]).isCloseTo(expected[i], within(bound));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void siluIsTheSameBitsHoweverTheRangeIsCut(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        Scratch scratch = kernels.newScratch(300);
        float[] whole = RandomTensors.floats(100, new SplittableRandom(11));
        float[] up = RandomTensors.floats(100, new SplittableRandom(12));
        float[] parts = whole.clone();

        kernels.siluMultiply(whole, up, 0, 100, scratch);
        int from = 0;
        for (int to : new int[] {1, 3, 18, 19, 51, 100}) {
            kernels.siluMultiply(parts, up, from, to, scratch);
            from = to;
        }

        assertThat(parts).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void additionAddsInsideTheRangeOnly(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        float[] x = {1, 2, 3, 4};
        kernels.add(x, new float[] {10, 20, 30, 40}, 1, 3);
        assertThat(x).containsExactly(1, 22, 33, 4);
    }

    @ParameterizedTest
    @EnumSource
    void rotationTurnsThePairsThatTheFileMeans(RotaryPairs pairs) {
        float[] x = {1, 2, 3, 4};
        float[] quarterTurnAndNone = {0, 1, 1, 0};

        SCALAR.rotate(x, 0, 4, pairs, quarterTurnAndNone, 0);

        float[] adjacent = {-2, 1, 3, 4};
        float[] halfSplit = {-3, 2, 1, 4};
        assertThat(x).isEqualTo(pairs == RotaryPairs.ADJACENT ? adjacent : halfSplit);
    }

    @ParameterizedTest
    @MethodSource("dev.altiplano.compute.Tiers#fast")
    void normalizeDividesByTheRootMeanSquare(KernelTier tier) {
        Kernels kernels = Kernels.of(tier);
        float[] x = {9, 3, -3, 3, 3, 9};
        kernels.normalize(x, 1, 4, 0);
        assertThat(x).containsExactly(9, 1, -1, 1, 1, 9);
    }
}
