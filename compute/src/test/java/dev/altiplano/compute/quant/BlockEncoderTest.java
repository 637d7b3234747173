package dev.altiplano.compute.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockEncoderTest {
    private static final Oracle ORACLE = Oracle.read();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4", "TQ1_0", "TQ2_0"
            })
    void writesTheRecordedBytes(TensorFormat format) {
        byte[] encoded = encode(format, ORACLE.floats("rows"));

        assertThat(encoded).isEqualTo(ORACLE.bytes(format + ".quantized"));
    }

    /** The first set of gold vectors of the specification. */
    @ParameterizedTest
    @CsvSource({
        "Q8_0, 317eac72379123de, 4d2281df3d9af856, 0.003522",
        "Q4_0, 79f5c8ddca59a745, 4032e046acf258bd, 0.060679",
        "Q4_1, 735dd4a386c8b9ae, ab3240bed0369bf2, 0.059252",
        "Q5_0, a44ebbf5c3084976, 402ea4a52d6dc07c, 0.028938",
        "Q5_1, 70b7402adea54c54, 742e40bea4a52d6d, 0.027285",
        "MXFP4, 9c22f787dc687792, 7d6fdb257ec946fe, 0.094500",
        "F16, 6997a3d29df0ed4b, 40be80b6003a00bd, 0",
        "BF16, c929f160818323ef, c8bfd0be403fa0bf, 0"
    })
    void writesThePublishedRow(
            TensorFormat format, String sha256Prefix, String firstBytes, double rmse)
            throws NoSuchAlgorithmException {
        float[] row = new float[256];
        for (int i = 0; i < row.length; i++) {
            row[i] = ((37 * i) % 101 - 50) / 32f;
        }

        byte[] encoded = encode(format, row);

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
        assertThat(HexFormat.of().formatHex(digest)).startsWith(sha256Prefix);
        assertThat(HexFormat.of().formatHex(encoded)).startsWith(firstBytes);
        assertThat(rmse(row, decode(format, encoded))).isCloseTo(rmse, within(1e-6));
    }

    /**
     * The figures are what ggml makes of the same rows without an importance matrix; measured with
     * the llama.cpp that llama-cpp-python 0.3.16 contains.
     */
    @ParameterizedTest(name = "{0}, row {1}")
    @CsvSource({
        "Q4_K, 0, 7.511074e-4", "Q5_K, 0, 3.796130e-4", "Q6_K, 0, 1.758263e-4",
        "Q4_K, 1, 2.040861e-2", "Q5_K, 1, 1.074676e-2", "Q6_K, 1, 5.109601e-3",
        "Q4_K, 2, 7.271818e-2", "Q5_K, 2, 3.783270e-2", "Q6_K, 2, 1.810049e-2",
        "Q4_K, 3, 3.482572e-1", "Q5_K, 3, 1.778452e-1", "Q6_K, 3, 8.331994e-2",
        "Q4_K, 4, 3.064383e-1", "Q5_K, 4, 1.481770e-1", "Q6_K, 4, 9.445486e-2"
    })
    void makesNoLargerErrorThanGgml(TensorFormat format, int row, double rmseOfGgml) {
        float[] source = Arrays.copyOfRange(ORACLE.floats("rows"), 1024 * row, 1024 * (row + 1));

        double rmse = rmse(source, decode(format, encode(format, source)));

        assertThat(rmse).isLessThan(rmseOfGgml);
    }

    /** Half a step of the scale, and what rounding the scale to binary16 adds at the last level. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({
        "Q4_0, 1",
        "Q4_0, 2",
        "Q4_1, 3",
        "Q4_1, 5",
        "Q5_0, 8",
        "Q5_0, 13",
        "Q5_1, 21",
        "Q5_1, 34",
        "Q8_0, 55",
        "Q8_0, 89"
    })
    void comesBackWithinHalfAStep(TensorFormat format, long seed) {
        float[] source = normal(new SplittableRandom(seed), 1024);

        float[] decoded = decode(format, encode(format, source));

        for (int first = 0; first < source.length; first += 32) {
            float bound = errorBound(format, Arrays.copyOfRange(source, first, first + 32));
            for (int i = first; i < first + 32; i++) {
                assertThat(Math.abs(decoded[i] - source[i])).isLessThanOrEqualTo(bound);
            }
        }
    }

    private static float errorBound(TensorFormat format, float[] block) {
        float range = Rounding.maximum(block, 0, 32) - Rounding.minimum(block, 0, 32);
        float magnitude = Math.abs(Rounding.largest(block, 0, 32));
        float halfUlp = magnitude * 0x1p-10f;
        return halfUlp
                + switch (format) {
                    // The level opposite the largest magnitude is missing: a whole step there.
                    case Q4_0 -> magnitude / 8;
                    case Q5_0 -> magnitude / 16;
                    case Q4_1 -> range / 15 / 2;
                    case Q5_1 -> range / 31 / 2;
                    case Q8_0 -> magnitude / 127 / 2;
                    default -> throw new IllegalArgumentException(format.name());
                };
    }

    @ParameterizedTest
    @EnumSource(
            value = TensorFormat.class,
            names = {"Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4", "TQ1_0", "TQ2_0"})
    void encodesZerosAsZeros(TensorFormat format) {
        assertThat(decode(format, encode(format, new float[256])))
                .usingComparatorWithPrecision(0f)
                .containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource(
            value = TensorFormat.class,
            names = {"Q4_0", "Q5_0", "Q8_0", "MXFP4", "TQ1_0", "TQ2_0"})
    void encodesWhatItDecodedToTheSameValues(TensorFormat format) {
        float[] once = decode(format, encode(format, normal(new SplittableRandom(7), 1024)));

        float[] twice = decode(format, encode(format, once));

        assertThat(twice).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("blockEncoders")
    void keepsOneHugeWeightAmongZeros(TensorFormat format) {
        float[] source = new float[256];
        source[77] = -65504;

        float[] decoded = decode(format, encode(format, source));

        assertThat(decoded[77]).isCloseTo(-65504, withinPercentage(26));
        assertThat(decoded).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @MethodSource("blockEncoders")
    void encodesWeightsTooSmallForAScaleAsFiniteNumbersNearZero(TensorFormat format) {
        float[] source = new float[256];
        Arrays.fill(source, Float.MIN_VALUE);
        source[1] = -Float.MIN_VALUE;

        for (float weight : decode(format, encode(format, source))) {
            assertThat(Math.abs(weight)).isLessThan(1e-7f);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 65536})
    void refusesWeightsThatNoScaleCanReach(float weight) {
        blockEncoders()
                .forEach(
                        format -> {
                            float[] source = new float[256];
                            source[200] = weight;

                            assertThatThrownBy(() -> encode(format, source))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContainingAll("200", Float.toString(weight));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16", "F32", "F64"})
    void keepsInfinitiesAndNaNInFormatsWithoutBlocks(TensorFormat format) {
        float[] source = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, -0f};

        assertThat(decode(format, encode(format, source))).containsExactly(source);
    }

    @Test
    void keepsANaNWhoseUpperHalfAloneWouldBeAnInfinity() {
        float[] source = {Float.intBitsToFloat(0x7F800001), Float.intBitsToFloat(0xFF800001)};

        assertThat(decode(TensorFormat.BF16, encode(TensorFormat.BF16, source)))
                .containsOnly(Float.NaN);
    }

    /** Every encoder that shares scales. */
    static Stream<TensorFormat> blockEncoders() {
        return Arrays.stream(TensorFormat.values())
                .filter(format -> format.blockWeights() > 1 && format.encoder().isPresent());
    }

    private static float[] normal(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static byte[] encode(TensorFormat format, float[] source) {
        byte[] bytes = new byte[Math.toIntExact(format.sizeBytes(source.length))];
        format.encoder()
                .orElseThrow()
                .encode(source, 0, MemorySegment.ofArray(bytes), 0, source.length);
        return bytes;
    }

    private static float[] decode(TensorFormat format, byte[] bytes) {
        float[] target = new float[bytes.length / format.blockBytes() * format.blockWeights()];
        format.decoder().decode(MemorySegment.ofArray(bytes), 0, target, 0, target.length);
        return target;
    }

    private static double rmse(float[] expected, float[] found) {
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            double error = (double) found[i] - expected[i];
            squares += error * error;
        }
        return Math.sqrt(squares / expected.length);
    }
}
