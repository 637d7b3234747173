package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisionConfigTest {
    /** The sizes of Llama 4 Scout and Maverick. */
    private static final String LLAMA4 =
            """
            {"model_type": "llama4", "image_token_index": 200092,
             "text_config": {"hidden_size": 5120},
             "vision_config": {
               "hidden_act": "gelu", "hidden_size": 1408, "image_size": 336,
               "intermediate_size": 5632, "multi_modal_projector_bias": false, "norm_eps": 1e-05,
               "num_attention_heads": 16, "num_channels": 3, "num_hidden_layers": 34,
               "patch_size": 14, "pixel_shuffle_ratio": 0.5, "projector_input_dim": 4096,
               "projector_output_dim": 4096, "rope_theta": 10000, "vision_output_dim": 4096}}
            """;

    @Test
    void readsThePublishedSizes() {
        VisionConfig config = read(LLAMA4).orElseThrow();

        assertThat(config)
                .isEqualTo(
                        new VisionConfig(
                                336, 14, 1408, 16, 5632, 34, 2, 4096, 5120, 1e-5f, 10_000,
                                200_092));
        assertThat(config.patches()).isEqualTo(576);
        assertThat(config.vectorsPerTile()).isEqualTo(144);
        assertThat(config.shuffledWidth()).isEqualTo(5632);
        assertThat(config.headDim()).isEqualTo(88);
    }

    @Test
    void isAbsentWhereTheModelReadsTextAlone() {
        assertThat(read(LLAMA4.replace("\"vision_config\"", "\"other\""))).isEmpty();
        assertThat(read("{\"model_type\": \"llama\", \"vision_config\": {}}")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"image_size\": 336 | \"image_size\": 337 | image_size: expected a multiple",
                "\"image_size\": 336 | \"image_size\": 350 | patches in a row: expected a multiple",
                "\"image_size\": 336 | \"image_size\": 4088 | patches times width: expected at most",
                "\"patch_size\": 14 | \"patch_size\": 0 | vision_config.patch_size: expected a whole",
                "\"num_attention_heads\": 16 | \"num_attention_heads\": 15 | hidden_size: expected",
                "\"num_attention_heads\": 16 | \"num_attention_heads\": 64 | head dimension: expected",
                "\"hidden_act\": \"gelu\" | \"hidden_act\": \"quick_gelu\" | hidden_act: expected",
                "\"num_channels\": 3 | \"num_channels\": 4 | num_channels: expected",
                "_bias\": false | _bias\": true | multi_modal_projector_bias: expected false",
                "\"pixel_shuffle_ratio\": 0.5 | \"pixel_shuffle_ratio\": 0.3 | one over a whole",
                "\"pixel_shuffle_ratio\": 0.5 | \"pixel_shuffle_ratio\": 0 | one over a whole",
                "\"norm_eps\": 1e-05 | \"norm_eps\": -1 | norm_eps: expected a positive number",
                "\"image_token_index\" | \"other\" | expected the key 'image_token_index'"
            })
    void namesTheValueThatMakesNoSense(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(LLAMA4.replace(right, wrong)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("config.json", message);
    }

    private static Optional<VisionConfig> read(String json) {
        return HfVisionConfigReader.read((Json.Obj) Json.parse(json));
    }
}
