package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.SafetensorsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ModelTraceTest {
    private static final Path MODEL =
            Path.of("../model/src/test/resources/oracle/llama4-scout-tiny");

    @ParameterizedTest
    @CsvSource({"0, embedding, hidden.0", "1, layer 0, hidden.1", "9, final norm, hidden.8"})
    void figuresAreThoseOfTheReference(int row, String output, String tensor) {
        try (SafetensorsFile expected =
                        SafetensorsFile.open(MODEL.resolve("expected.safetensors"));
                LlamaModel model = LlamaModel.open(MODEL)) {
            float[] ids = expected.require("input_ids").decode();
            int[] tokens = new int[ids.length];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (int) ids[i];
            }
            double squares = 0;
            for (float value : expected.require(tensor).decode()) {
                squares += (double) value * value;
            }

            JsonNode figures = ModelTrace.of(model, tokens).toJson().get("outputs").get(row);

            assertThat(figures.get("output").asString()).isEqualTo(output);
            assertThat(figures.get("norm").asDouble()).isCloseTo(Math.sqrt(squares), within(1e-4));
        }
    }

    @Test
    void printsALineForEachOutput() {
        StringWriter out = new StringWriter();
        try (LlamaModel model = LlamaModel.open(MODEL)) {
            ModelTrace.of(model, new int[] {3, 4}).print(new PrintWriter(out));
        }
        assertThat(out.toString())
                .contains("2 tokens: [3, 4]", "embedding", "layer 7", "final norm")
                .hasLineCount(3 + 10);
    }

    @Test
    void needsATokenizer() {
        try (LlamaModel model = LlamaModel.open(MODEL)) {
            assertThatThrownBy(() -> ModelTrace.of(model, "Hello"))
                    .isInstanceOf(AltiplanoException.class)
                    .hasMessageContainingAll("tokenizer", "altiplano logits");
        }
    }
}
