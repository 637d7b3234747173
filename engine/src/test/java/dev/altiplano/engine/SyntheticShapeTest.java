package dev.altiplano.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.quant.TensorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticShapeTest {
    private static final String BASE = "width=256,layers=2,heads=4/2,ffn=512,vocab=320,";

    @ParameterizedTest
    @ValueSource(strings = {BASE + "type=Q4_0", BASE + "type=F16,experts=16"})
    void printsWhatItReads(String text) {
        assertThat(SyntheticShape.parse(text)).hasToString(text);
    }

    @Test
    void takesOneNumberOfHeadsForQueriesAndKeys() {
        SyntheticShape shape =
                SyntheticShape.parse("width=64,layers=1,heads=4,ffn=64,vocab=10,type=q8_0");

        assertThat(shape.kvHeads()).isEqualTo(4);
        assertThat(shape.type()).isEqualTo(TensorFormat.Q8_0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type=Q9_0          | type, expected a type such as Q4_0, found Q9_0
                    type=IQ2_XS        | type, a type that can be written, found IQ2_XS
                    width=100,type=Q4_0 | width and ffn, multiples of 32, found 100
                    heads=3/1          | heads, divides the width, found 3
                    heads=4/3          | key/value heads
                    layers=many        | layers, a whole number, found many
                    depth=3            | depth=3, one of
                    """)
    void refusesWhatDoesNotFitTogether(String change, String expected) {
        String text = BASE + "type=Q4_0," + change;

        assertThatThrownBy(() -> SyntheticShape.parse(text).config())
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll(expected.split(", "));
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> SyntheticShape.parse("width=64"))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("heads", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q8_0", "Q4_K", "Q6_K"})
    void givesWeightsThatAreNumbersOfTheRightSize(String type) {
        SyntheticShape shape = SyntheticShape.parse(BASE + "type=" + type);
        try (SyntheticWeights synthetic = new SyntheticWeights(shape)) {
            float[] row = new float[256];
            double squares = 0;
            for (int i = 0; i < 320; i++) {
                synthetic.weights().embedding().decodeRow(i, row, 0);
                for (float weight : row) {
                    squares += weight * weight;
                }
            }
            // Deviation 1 / sqrt(256), give or take what the format rounds.
            assertThat(Math.sqrt(squares / 320 / 256)).isBetween(0.9 / 16, 1.1 / 16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE + "type=Q4_0", BASE + "type=F16,experts=4"})
    void knowsItsSizeBeforeItTakesMemory(String text) {
        SyntheticShape shape = SyntheticShape.parse(text);
        try (SyntheticWeights synthetic = new SyntheticWeights(shape)) {
            long bytes =
                    synthetic.tensors().stream()
                            .filter(tensor -> !tensor.location().tensorName().contains("gate_inp"))
                            .mapToLong(tensor -> tensor.bytes().byteSize())
                            .sum();

            assertThat(shape.sizeBytes()).isEqualTo((double) bytes);
        }
    }
}
