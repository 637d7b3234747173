package dev.altiplano.compute.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TensorFormatTest {
    private static final Oracle ORACLE = Oracle.read();

    static Stream<TensorFormat> recordedFormats() {
        return ORACLE.names().stream()
                .filter(name -> name.endsWith(".values"))
                .map(name -> TensorFormat.valueOf(name.replace(".values", "")));
    }

    @Test
    void theOracleHoldsEveryBlockFormatThatItsPackageCanDecode() {
        assertThat(recordedFormats()).hasSize(25);
    }

    @ParameterizedTest
    @MethodSource("recordedFormats")
    void decodesBitForBitAsRecorded(TensorFormat format) {
        float[] expected = ORACLE.floats(format + ".values");

        float[] decoded = decode(format, ORACLE.bytes(format + ".quantized"), expected.length);

        assertThat(bits(decoded)).isEqualTo(bits(expected));
    }

    /** The second set of gold vectors of the specification: a byte pattern with pinned scales. */
    @ParameterizedTest
    @CsvSource({
        "Q2_K, 80, 82, 2.0625, 0, 0.6875, 1.375, -0.25, 0.09375, 126.5625",
        "Q3_K, 108, -1, 5.0625, -6.75, 1.6875, -3.375, -0.9375, 0, -21.8125",
        "Q4_K, 0, 2, 31.71875, 11.15625, 37.59375, 17.03125, 6.6875, 1.46875, 2639.5",
        "Q5_K, 0, 2, 78.71875, 11.15625, 84.59375, 17.03125, 17.9375, 1.71875, 5687.5",
        "Q6_K, 208, -1, -89.4375, 92.75, 9.9375, -19.875, -31.75, 4.5, -66.25",
        "IQ4_NL, 0, -1, 4.3125, -1.375, 7.0625, 0.0625, -0.625, 4.3125, -110.75",
        "IQ4_XS, 0, -1, 4.0625, -3.3125, 2.1875, -5.5625, -4.375, 1.0, -383.9375",
        "MXFP4, -1, -1, 0.015625, -0.0234375, 0.03125, -0.046875, 0.09375, 0, -10.25390625",
        "NVFP4, -1, -1, -3.0, 0, 0.25, -0.5, 5.25, -5.625, -27.0625"
    })
    void decodesThePublishedPattern(
            TensorFormat format,
            int dAt,
            int dminAt,
            float y0,
            float y1,
            float y2,
            float y3,
            float y100,
            float y255,
            double sum) {
        byte[] bytes = pattern(format, dAt, dminAt);

        float[] decoded = decode(format, bytes, 256);

        assertThat(List.of(decoded[0], decoded[1], decoded[2], decoded[3]))
                .containsExactly(y0, y1, y2, y3);
        assertThat(decoded[100]).isEqualTo(y100);
        assertThat(decoded[255]).isEqualTo(y255);
        assertThat(sum(decoded)).isEqualTo(sum);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsGgmlNumber(TensorFormat format) {
        format.ggmlId().ifPresent(id -> assertThat(TensorFormat.ofGgmlId(id)).contains(format));
    }

    @ParameterizedTest
    @CsvSource({"-1", "4", "5", "31", "36", "42", "2147483647"})
    void hasNoFormatForRetiredAndUnknownNumbers(int ggmlId) {
        assertThat(TensorFormat.ofGgmlId(ggmlId)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void decodesZeroBytesOfEveryFormatWithoutReadingBeyondTheBlock(TensorFormat format) {
        float[] decoded =
                decode(format, new byte[2 * format.blockBytes()], 2 * format.blockWeights());

        assertThat(decoded).hasSize(2 * format.blockWeights()).doesNotContain(Float.NaN);
    }

    @Test
    void refusesAPartOfABlock() {
        assertThatThrownBy(() -> decode(TensorFormat.Q4_K, new byte[144], 255))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("256", "255");
    }

    @Test
    void decodesTheEdgesOfTheEightBitFloats() {
        byte[] bits = bytes(0x00, 0x80, 0x01, 0x08, 0x38, 0xB8, 0x7E, 0xFE, 0x7F, 0xFF);

        assertThat(decode(TensorFormat.F8_E4M3, bits, bits.length))
                .containsExactly(
                        0f, -0f, 0x1p-9f, 0x1p-6f, 1f, -1f, 448f, -448f, Float.NaN, Float.NaN);
        assertThat(decode(TensorFormat.F8_E5M2, bytes(0x01, 0x3C, 0x7B, 0x7C, 0xFC, 0x7D), 6))
                .containsExactly(
                        0x1p-16f,
                        1f,
                        57344f,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.NaN);
    }

    @Test
    void decodesWholeNumbersWithTheirSigns() {
        byte[] bits = bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);

        assertThat(decode(TensorFormat.I8, bits, 1)).containsExactly(-1f);
        assertThat(decode(TensorFormat.I16, bits, 1)).containsExactly(-1f);
        assertThat(decode(TensorFormat.I32, bits, 1)).containsExactly(-1f);
        assertThat(decode(TensorFormat.I64, bits, 1)).containsExactly(-1f);
        assertThat(decode(TensorFormat.U8, bits, 1)).containsExactly(255f);
        assertThat(decode(TensorFormat.BOOL, bits, 1)).containsExactly(1f);
    }

    /** Q1_0 is too new for the recording package: the formula by hand. */
    @Test
    void decodesOneBitWeightsAsPlusOrMinusTheScale() {
        byte[] block = new byte[18];
        block[1] = 0x38; // binary16 0.5
        block[2] = 0b101;

        assertThat(decode(TensorFormat.Q1_0, block, 128))
                .startsWith(0.5f, -0.5f, 0.5f, -0.5f)
                .endsWith(-0.5f);
    }

    @Test
    void decodesActivationBlocksAsScaleTimesQuant() {
        byte[] q81 = new byte[36];
        q81[1] = 0x38; // binary16 0.5
        q81[3] = 0x7C; // the sum is an infinity and must not matter
        q81[35] = -128;
        byte[] q8k = new byte[292];
        q8k[3] = 0x3F; // binary32 0.5
        q8k[259] = 127;
        q8k[260] = 77;

        assertThat(decode(TensorFormat.Q8_1, q81, 32)).startsWith(0f).endsWith(-64f);
        assertThat(decode(TensorFormat.Q8_K, q8k, 256)).startsWith(0f).endsWith(63.5f);
    }

    private static float[] decode(TensorFormat format, byte[] bytes, int weights) {
        float[] target = new float[weights];
        format.decoder().decode(MemorySegment.ofArray(bytes), 0, target, 0, weights);
        return target;
    }

    private static byte[] pattern(TensorFormat format, int dAt, int dminAt) {
        byte[] bytes = new byte[Math.toIntExact(format.sizeBytes(256))];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (73 * i + 11);
        }
        for (int block = 0; block < 256 / format.blockWeights(); block++) {
            int at = block * format.blockBytes();
            if (format == TensorFormat.MXFP4) {
                bytes[at] = (byte) (120 + block);
            } else if (format == TensorFormat.NVFP4) {
                for (int scale = 0; scale < 4; scale++) {
                    bytes[at + scale] = (byte) (0x30 + 4 * block + scale);
                }
            } else {
                putHalf(bytes, at + dAt, 0x2C00);
            }
            if (dminAt >= 0) {
                putHalf(bytes, at + dminAt, 0x2800);
            }
        }
        return bytes;
    }

    private static void putHalf(byte[] bytes, int at, int bits) {
        bytes[at] = (byte) bits;
        bytes[at + 1] = (byte) (bits >> 8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
