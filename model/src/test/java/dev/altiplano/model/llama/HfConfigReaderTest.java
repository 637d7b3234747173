package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.LlamaConfig.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HfConfigReaderTest {
    /** Llama 3.2 1B as it is published. */
    private static final String LLAMA =
            """
            {"model_type": "llama", "vocab_size": 128256, "hidden_size": 2048,
             "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8,
             "head_dim": 64, "intermediate_size": 8192, "max_position_embeddings": 131072,
             "rms_norm_eps": 1e-05, "rope_theta": 500000.0, "tie_word_embeddings": true,
             "hidden_act": "silu", "attention_bias": false, "mlp_bias": false,
             "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
                              "original_max_position_embeddings": 8192, "rope_type": "llama3"}}
            """;

    /** The text part of Llama 4 Scout, shortened to 8 layers. */
    private static final String SCOUT =
            """
            {"model_type": "llama4", "tie_word_embeddings": false, "text_config": {
             "model_type": "llama4_text", "vocab_size": 202048, "hidden_size": 5120,
             "num_hidden_layers": 8, "num_attention_heads": 40, "num_key_value_heads": 8,
             "head_dim": 128, "intermediate_size": 8192, "intermediate_size_mlp": 16384,
             "max_position_embeddings": 10485760, "rms_norm_eps": 1e-05, "rope_theta": 500000.0,
             "rope_scaling": {"factor": 16.0, "high_freq_factor": 1.0, "low_freq_factor": 1.0,
                              "original_max_position_embeddings": 8192, "rope_type": "llama3"},
             "num_local_experts": 16, "num_experts_per_tok": 1, "interleave_moe_layer_step": 1,
             "use_qk_norm": true, "no_rope_layers": [], "attention_chunk_size": 8192,
             "attn_temperature_tuning": 4, "floor_scale": 8192, "attn_scale": 0.1}}
            """;

    @Test
    void readsAPlainModel() {
        LlamaConfig config = read(LLAMA);

        assertThat(config.architecture()).isEqualTo(Architecture.LLAMA);
        assertThat(config.headDim()).isEqualTo(64);
        assertThat(config.queryGroup()).isEqualTo(4);
        assertThat(config.rotaryPairs()).isEqualTo(RotaryPairs.HALF_SPLIT);
        assertThat(config.tiedEmbeddings()).isTrue();
        assertThat(config.qkNorm()).isFalse();
        assertThat(config.temperature()).isEmpty();
        assertThat(config.layers()).hasSize(16).containsOnly(new Layer(true, false, false));
        assertThat(config.rope())
                .isEqualTo(RopeConfig.of(500_000, 64, new RopeConfig.Llama3(32, 1, 4, 8192)));
    }

    @Test
    void readsTheNewNamesOfTheRotation() {
        String renamed =
                LLAMA.replace("\"rope_theta\": 500000.0,", "")
                        .replace(
                                "\"rope_scaling\": {",
                                "\"rope_parameters\": {\"rope_theta\": 5e5,");
        assertThat(read(renamed)).isEqualTo(read(LLAMA));
    }

    @Test
    void takesTheDefaultsOfTheReferenceForWhatIsLeftOut() {
        LlamaConfig config =
                read(
                        """
                        {"model_type": "llama", "vocab_size": 32000, "hidden_size": 4096,
                         "num_hidden_layers": 2, "num_attention_heads": 32,
                         "intermediate_size": 11008, "rope_scaling": null}
                        """);
        assertThat(config.kvHeads()).isEqualTo(32);
        assertThat(config.headDim()).isEqualTo(128);
        assertThat(config.contextLength()).isEqualTo(2048);
        assertThat(config.normEpsilon()).isEqualTo(1e-6f);
        assertThat(config.rope()).isEqualTo(RopeConfig.of(10_000, 128, new RopeConfig.NoScaling()));
    }

    @Test
    void readsTheTextPartOfLlama4() {
        LlamaConfig config = read(SCOUT);

        assertThat(config.architecture()).isEqualTo(Architecture.LLAMA4);
        assertThat(config.rotaryPairs()).isEqualTo(RotaryPairs.ADJACENT);
        assertThat(config.qkNorm()).isTrue();
        assertThat(config.attentionChunk()).isEqualTo(8192);
        assertThat(config.temperature()).contains(new Temperature(8192, 0.1));
        assertThat(config.experts()).contains(new Experts(16, 1, 8192));
        assertThat(config.denseWidth()).isEqualTo(16384);
        assertThat(which(config, layer -> !layer.rope())).containsExactly(3, 7);
        assertThat(which(config, layer -> !layer.chunked())).containsExactly(3, 7);
        assertThat(config.layers()).allMatch(Layer::moe);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"no_rope_layers\": [] | \"no_rope_layers\": null | [3, 7]",
                "\"no_rope_layers\": [] | \"x\": 0 | [3, 7]",
                "\"no_rope_layers\": [] | \"no_rope_layers\": [1,0,1,1,1,1,0,1] | [1, 6]",
                "\"no_rope_layers\": [] | \"no_rope_layer_interval\": 3 | [2, 5]",
            })
    void readsWhichLayersDoNotRotate(String old, String replacement, String nope) {
        LlamaConfig config = read(SCOUT.replace(old, replacement));
        assertThat(which(config, layer -> !layer.rope())).hasToString(nope);
        assertThat(which(config, layer -> !layer.chunked())).hasToString(nope);
    }

    @Test
    void layerTypesSayWhichLayersAreChunked() {
        String types =
                "\"layer_types\": [" + "\"full_attention\", \"chunked_attention\", ".repeat(3);
        types += "\"full_attention\", \"full_attention\"]";
        LlamaConfig config = read(SCOUT.replace("\"no_rope_layers\": []", types));
        assertThat(which(config, Layer::chunked)).containsExactly(1, 3, 5);
        assertThat(which(config, layer -> !layer.rope())).containsExactly(3, 7);
    }

    @Test
    void withoutAChunkSizeNoLayerIsChunked() {
        LlamaConfig config =
                read(
                        SCOUT.replace(
                                "\"attention_chunk_size\": 8192",
                                "\"attention_chunk_size\": null"));
        assertThat(config.layers()).noneMatch(Layer::chunked);
        assertThat(config.attentionChunk()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"interleave_moe_layer_step\": 2 | [1, 3, 5, 7]",
                "\"moe_layers\": [0, 5] | [0, 5]",
                "\"moe_layers\": [0, 5], \"interleave_moe_layer_step\": 2 | [0, 5]"
            })
    void readsWhichLayersHaveExperts(String replacement, String moe) {
        LlamaConfig config = read(SCOUT.replace("\"interleave_moe_layer_step\": 1", replacement));
        assertThat(which(config, Layer::moe)).hasToString(moe);
    }

    @Test
    void aModelWithoutLayersOfExpertsHasNone() {
        LlamaConfig config =
                read(SCOUT.replace("\"interleave_moe_layer_step\": 1", "\"moe_layers\": []"));
        assertThat(config.experts()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"true, true", "false, false", "4, true", "0, false"})
    void theTemperatureIsSwitchedByATruthOrANumber(String value, boolean on) {
        LlamaConfig config =
                read(
                        SCOUT.replace(
                                "\"attn_temperature_tuning\": 4",
                                "\"attn_temperature_tuning\": " + value));
        assertThat(config.temperature().isPresent()).isEqualTo(on);
    }

    @Test
    void aSlidingWindowLimitsTheContextToWhereEveryPositionSeesAll() {
        String mistral = LLAMA.replace("\"llama\"", "\"mistral\"");
        assertThat(read(mistral.replace("\"mlp_bias\"", "\"sliding_window\": 4096, \"mlp_bias\"")))
                .extracting(LlamaConfig::contextLength)
                .isEqualTo(4096);
        assertThat(read(mistral.replace("\"mlp_bias\"", "\"sliding_window\": null, \"mlp_bias\"")))
                .extracting(LlamaConfig::contextLength)
                .isEqualTo(131072);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\": \"llama\" | \"model_type\": \"qwen2\" | model_type: expected"
                        + " \"llama\", \"mistral\" or \"llama4\", found \"qwen2\"",
                "\"attention_bias\": false | \"attention_bias\": true | attention_bias: expected false",
                "\"mlp_bias\": false | \"mlp_bias\": true | mlp_bias: expected false",
                "\"silu\" | \"gelu\" | hidden_act: expected \"silu\", found \"gelu\"",
                "\"rope_type\": \"llama3\" | \"rope_type\": \"yarn\" | rope_scaling.rope_type: expected"
                        + " \"default\", \"linear\" or \"llama3\"",
                "\"factor\": 32.0 | \"factor\": 0 | rope_scaling.factor: expected a positive number",
                "\"hidden_size\": 2048 | \"hidden_size\": 99999999 | hidden_size: expected a whole number"
                        + " from 1 to 1048576, found 99999999",
                "\"hidden_size\": 2048 | \"hidden_size\": \"2048\" | hidden_size: expected a whole number",
                "\"num_hidden_layers\": 16 | \"num_hidden_layers\": 1e9 | num_hidden_layers: expected",
                "\"num_key_value_heads\": 8 | \"num_key_value_heads\": 7 | expected a multiple of the 7",
                "\"head_dim\": 64 | \"head_dim\": 63 | head dimension: expected an even number",
                "\"vocab_size\": 128256, | | expected the key 'vocab_size', found none",
                "\"mlp_bias\" | \"quantization_config\": {}, \"mlp_bias\" | quantization_config: expected",
                "\"mlp_bias\" | \"partial_rotary_factor\": 0.5, \"mlp_bias\" | partial_rotary_factor",
                "\"rms_norm_eps\": 1e-05 | \"rms_norm_eps\": -1 | norm epsilon: expected 0 to 1",
            })
    void refusesWhatItCannotCompute(String old, String replacement, String message) {
        String bad = LLAMA.replace(old, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> read(bad))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("config.json")
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"no_rope_layers\": [] | \"no_rope_layers\": [1, 0] | one item for each of the 8 layers",
                "\"no_rope_layers\": [] | \"no_rope_layers\": [2,0,1,1,1,1,0,1] | no_rope_layers[0]",
                "\"no_rope_layers\": [] | \"layer_types\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\","
                        + "\"h\"] | layer_types[0]: expected \"chunked_attention\"",
                "\"num_experts_per_tok\": 1 | \"num_experts_per_tok\": 17 | num_experts_per_tok: expected",
                "\"interleave_moe_layer_step\": 1 | \"moe_layers\": [8] | moe_layers[0]: expected",
                "\"floor_scale\": 8192 | \"floor_scale\": 0 | floor_scale: expected a positive number",
                "\"text_config\" | \"other\" | expected the key 'text_config'"
            })
    void refusesLayersThatMakeNoSense(String old, String replacement, String message) {
        assertThatThrownBy(() -> read(SCOUT.replace(old, replacement)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(message);
    }

    private static LlamaConfig read(String json) {
        return HfConfigReader.read((Json.Obj) Json.parse(json));
    }

    private static List<Integer> which(LlamaConfig config, Predicate<Layer> kind) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < config.layers().size(); i++) {
            if (kind.test(config.layers().get(i))) {
                found.add(i);
            }
        }
        return found;
    }
}
