package dev.altiplano.model.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.LlamaConfig.Temperature;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keys and tensors of a GGUF file mean, and what is refused. */
final class GgufModelTest {
    private static final int HIDDEN = 16;
    private static final int LAYERS = 8;
    private static final int EXPERTS = 3;
    private static final int WIDTH = 12;
    private static final int VOCABULARY = 20;

    @TempDir private Path folder;

    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
    private final Map<String, Shape> tensors = new LinkedHashMap<>();
    private TensorFormat format = TensorFormat.F32;

    @Test
    void readsAPlainModelWithTiedEmbeddings() {
        plain();
        try (LlamaModel model = open()) {
            LlamaConfig config = model.config();
            assertThat(config.vocabularySize()).isEqualTo(VOCABULARY);
            assertThat(config.headDim()).isEqualTo(4);
            assertThat(config.rotaryPairs()).isEqualTo(RotaryPairs.ADJACENT);
            assertThat(config.tiedEmbeddings()).isTrue();
            assertThat(config.layers()).hasSize(LAYERS).containsOnly(new Layer(true, false, false));
            assertThat(config.rope()).isEqualTo(RopeConfig.of(1e4, 4, new RopeConfig.NoScaling()));
            assertThat(model.weights().output().weights()).isSameAs(model.weights().embedding());
            assertThat(model.name()).isEqualTo("model.gguf");
            assertThat(model.tokenizer()).isEmpty();
        }
    }

    @Test
    void readsDivisorsOfTheFrequencies() {
        plain();
        tensors.put("rope_freqs.weight", Shape.of(2));
        try (LlamaModel model = open()) { // every weight of these files is 1
            assertThat(model.config().rope())
                    .isEqualTo(RopeConfig.of(1e4, 4, new RopeConfig.NoScaling()));
        }
    }

    @Test
    void readsLinearScaling() {
        plain();
        metadata.put("llama.rope.scaling.type", GgufValue.text("linear"));
        metadata.put("llama.rope.scaling.factor", GgufValue.float32(4));
        try (LlamaModel model = open()) {
            assertThat(model.config().rope())
                    .isEqualTo(RopeConfig.of(1e4, 4, new RopeConfig.Linear(4)));
        }
    }

    @Test
    void readsLlama4WithTheRulesOfLlamaCpp() {
        llama4();
        try (LlamaModel model = open()) {
            LlamaConfig config = model.config();
            assertThat(config.qkNorm()).isTrue();
            assertThat(config.attentionChunk()).isEqualTo(8192);
            assertThat(config.temperature()).contains(new Temperature(8192, 0.1));
            assertThat(config.experts()).contains(new Experts(EXPERTS, 1, WIDTH));
            for (int i = 0; i < LAYERS; i++) {
                boolean rope = i % 4 != 3;
                assertThat(config.layers().get(i)).isEqualTo(new Layer(rope, rope, i % 2 == 1));
            }
        }
    }

    /** Maverick has no QK norm, and files of its shape do not say so. */
    @Test
    void hasNoQkNormWith128Experts() {
        llama4(128);
        try (LlamaModel model = open()) {
            assertThat(model.config().qkNorm()).isFalse();
        }
    }

    @Test
    void keysOfTheFileGoBeforeTheRules() {
        llama4();
        metadata.put("llama4.use_qk_norm", GgufValue.bool(false));
        metadata.put("llama4.attention.chunk_size", GgufValue.uint32(32));
        metadata.put("llama4.attention.sliding_window_pattern", GgufValue.uint32(2));
        metadata.put("llama4.attention.temperature_length", GgufValue.uint32(64));
        metadata.put("llama4.attention.temperature_scale", GgufValue.float32(0.5f));
        try (LlamaModel model = open()) {
            assertThat(model.config().qkNorm()).isFalse();
            assertThat(model.config().attentionChunk()).isEqualTo(32);
            assertThat(model.config().temperature()).contains(new Temperature(64, 0.5));
            assertThat(model.config().layers().get(0).chunked()).isTrue();
            assertThat(model.config().layers().get(1).chunked()).isFalse();
        }
    }

    /** Mistake 16 of the specification: a window of zero would see nothing. */
    @Test
    void aSlidingWindowOfZeroMeansThatEveryLayerSeesAllAndRotates() {
        llama4();
        metadata.put("llama4.attention.sliding_window", GgufValue.uint32(0));
        try (LlamaModel model = open()) {
            assertThat(model.config().layers()).allMatch(layer -> layer.rope() && !layer.chunked());
            assertThat(model.config().attentionChunk()).isZero();
        }
    }

    @Test
    void readsExpertsWhoseGateAndUpAreFused() {
        llama4();
        for (int i = 1; i < LAYERS; i += 2) {
            tensors.remove("blk." + i + ".ffn_gate_exps.weight");
            tensors.remove("blk." + i + ".ffn_up_exps.weight");
            String fused = "blk." + i + ".ffn_gate_up_exps.weight";
            tensors.put(fused, Shape.of(EXPERTS, 2 * WIDTH, HIDDEN));
        }
        try (LlamaModel model = open()) {
            LlamaWeights.MixtureOfExperts mixture =
                    (LlamaWeights.MixtureOfExperts) model.weights().layers().get(1).feedForward();
            LlamaWeights.SwiGlu expert = mixture.experts().get(2);
            assertThat(expert.gateAndUp().get(0).firstOutput()).isZero();
            assertThat(expert.gateAndUp().get(1).firstOutput()).isEqualTo(WIDTH);
            assertThat(expert.gateAndUp().get(1).outputs()).isEqualTo(WIDTH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token_embd.weight",
                "output_norm.weight",
                "blk.0.attn_norm.weight",
                "blk.7.attn_k.weight",
                "blk.0.ffn_down.weight",
                "blk.1.ffn_up_exps.weight",
                "blk.1.ffn_gate_shexp.weight"
            })
    void refusesAMissingTensor(String name) {
        llama4();
        tensors.remove(name);
        requireRefusal("model.gguf: expected a tensor '" + name);
    }

    @Test
    void refusesAWrongShape() {
        plain();
        tensors.put("blk.2.attn_v.weight", Shape.of(4, HIDDEN));
        requireRefusal("'blk.2.attn_v.weight' at byte", "expected shape [8, 16], found [4, 16]");
    }

    @Test
    void refusesIntegersAsWeights() {
        plain();
        format = TensorFormat.I8;
        requireRefusal("expected floats or a block format, found I8");
    }

    @Test
    void refusesBiases() {
        plain();
        tensors.put("blk.0.attn_q.bias", Shape.of(HIDDEN));
        requireRefusal("blk.0.attn_q.bias", "expected a model without biases");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "block_count | 0 | expected 1 to 4096, found 0",
                "block_count | 4000000000 | expected 1 to 4096, found 4000000000",
                "embedding_length | 2000000 | expected 1 to 1048576, found 2000000",
                "attention.head_count | 0 | expected 1 to 1048576, found 0",
                "attention.head_count_kv | 5 | expected 0 to 4, found 5",
                "attention.head_count_kv | 0 | key/value heads: expected 1 to 4, found 0",
                "attention.head_count_kv | 3 | expected a multiple of the 3 key/value heads, found 4",
                "attention.key_length | 5 | head dimension: expected an even number, found 5",
                "attention.value_length | 6 | expected the head dimension 4, found 6",
                "rope.dimension_count | 2 | expected the head dimension 4, found 2",
                "expert_count | 8 | expected 0, found 8",
                "attention.sliding_window | 4096 | expected 0 or no such key, found 4096"
            })
    void refusesNumbersThatMakeNoSense(String key, long value, String message) {
        plain();
        metadata.put("llama." + key, GgufValue.uint32(value));
        requireRefusal("model.gguf", message);
    }

    @Test
    void refusesScalingsThatItDoesNotHave() {
        plain();
        metadata.put("llama.rope.scaling.type", GgufValue.text("yarn"));
        requireRefusal("key 'llama.rope.scaling.type': expected none or linear, found yarn");
    }

    @Test
    void refusesOtherArchitecturesByName() {
        plain();
        metadata.put("general.architecture", GgufValue.text("qwen2"));
        requireRefusal("general.architecture", "expected llama or llama4, found qwen2");
    }

    private void requireRefusal(String... parts) {
        assertThatThrownBy(() -> open().close())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(parts);
    }

    private void plain() {
        common("llama");
        for (int i = 0; i < LAYERS; i++) {
            dense(i);
        }
    }

    private void llama4() {
        llama4(EXPERTS);
    }

    private void llama4(int experts) {
        common("llama4");
        metadata.put("llama4.expert_count", GgufValue.uint32(experts));
        metadata.put("llama4.expert_used_count", GgufValue.uint32(1));
        metadata.put("llama4.expert_feed_forward_length", GgufValue.uint32(WIDTH));
        metadata.put("llama4.interleave_moe_layer_step", GgufValue.uint32(2));
        for (int i = 0; i < LAYERS; i++) {
            if (i % 2 == 0) {
                dense(i);
            } else {
                String layer = "blk." + i + ".";
                tensors.put(layer + "ffn_gate_inp.weight", Shape.of(experts, HIDDEN));
                tensors.put(layer + "ffn_gate_exps.weight", Shape.of(experts, WIDTH, HIDDEN));
                tensors.put(layer + "ffn_up_exps.weight", Shape.of(experts, WIDTH, HIDDEN));
                tensors.put(layer + "ffn_down_exps.weight", Shape.of(experts, HIDDEN, WIDTH));
                tensors.put(layer + "ffn_gate_shexp.weight", Shape.of(WIDTH, HIDDEN));
                tensors.put(layer + "ffn_up_shexp.weight", Shape.of(WIDTH, HIDDEN));
                tensors.put(layer + "ffn_down_shexp.weight", Shape.of(HIDDEN, WIDTH));
            }
        }
    }

    private void common(String architecture) {
        metadata.put("general.architecture", GgufValue.text(architecture));
        metadata.put(architecture + ".context_length", GgufValue.uint32(64));
        metadata.put(architecture + ".embedding_length", GgufValue.uint32(HIDDEN));
        metadata.put(architecture + ".block_count", GgufValue.uint32(LAYERS));
        metadata.put(architecture + ".feed_forward_length", GgufValue.uint32(24));
        metadata.put(architecture + ".attention.head_count", GgufValue.uint32(4));
        metadata.put(architecture + ".attention.head_count_kv", GgufValue.uint32(2));
        String epsilon = architecture + ".attention.layer_norm_rms_epsilon";
        metadata.put(epsilon, GgufValue.float32(1e-5f));
        tensors.put("token_embd.weight", Shape.of(VOCABULARY, HIDDEN));
        tensors.put("output_norm.weight", Shape.of(HIDDEN));
        for (int i = 0; i < LAYERS; i++) {
            String layer = "blk." + i + ".";
            tensors.put(layer + "attn_norm.weight", Shape.of(HIDDEN));
            tensors.put(layer + "attn_q.weight", Shape.of(16, HIDDEN));
            tensors.put(layer + "attn_k.weight", Shape.of(8, HIDDEN));
            tensors.put(layer + "attn_v.weight", Shape.of(8, HIDDEN));
            tensors.put(layer + "attn_output.weight", Shape.of(HIDDEN, 16));
            tensors.put(layer + "ffn_norm.weight", Shape.of(HIDDEN));
        }
    }

    private void dense(int i) {
        tensors.put("blk." + i + ".ffn_gate.weight", Shape.of(24, HIDDEN));
        tensors.put("blk." + i + ".ffn_up.weight", Shape.of(24, HIDDEN));
        tensors.put("blk." + i + ".ffn_down.weight", Shape.of(HIDDEN, 24));
    }

    private LlamaModel open() {
        Path path = folder.resolve("model.gguf");
        try (GgufWriter writer = GgufWriter.create(path)) {
            metadata.forEach(writer::put);
            tensors.forEach((name, shape) -> writer.declare(name, format, shape));
            tensors.values().forEach(shape -> writer.write(ones(shape)));
            writer.finish();
        }
        return LlamaModel.open(path);
    }

    private MemorySegment ones(Shape shape) {
        int count = (int) shape.elements();
        if (format == TensorFormat.I8) {
            return MemorySegment.ofArray(new byte[count]);
        }
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return MemorySegment.ofArray(ones);
    }
}
