package dev.altiplano.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.llama.Batch;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.Logits;
import dev.altiplano.model.llama.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HfToGgufTest {
    private static final Path ORACLE = Path.of("src/test/resources/oracle");

    /** Beyond four attention chunks of the Llama 4 cases. */
    private static final int TOKENS = 70;

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "llama3-tiny",
                "llama3-tied-bf16",
                "llama4-scout-tiny",
                "llama4-maverick-tiny",
                "llama4-top2-tiny",
                "llama4-vision-tiny"
            })
    void givesTheSameLogitsAsTheFolderBitForBit(String name) {
        Path target = folder.resolve("model.gguf");

        convert(ORACLE.resolve(name), target, Optional.empty());

        try (LlamaModel original = LlamaModel.open(ORACLE.resolve(name));
                LlamaModel converted = LlamaModel.open(target)) {
            assertThat(converted.config().rotaryPairs()).isEqualTo(RotaryPairs.ADJACENT);
            assertThat(converted.config().rope()).isEqualTo(original.config().rope());
            assertThat(converted.config().layers()).isEqualTo(original.config().layers());
            assertThat(converted.tokenizer()).isEmpty();
            assertThat(logits(converted)).isEqualTo(logits(original));
        }
    }

    private static float[] logits(LlamaModel model) {
        try (WorkerTeam team = new WorkerTeam(1);
                KvCache cache = new KvCache(model.config(), KvType.F32, TOKENS)) {
            Transformer transformer =
                    model.newTransformer(Kernels.of(KernelTier.SCALAR), team, TOKENS);
            int[] ids = new int[TOKENS];
            Arrays.setAll(ids, i -> (37 * i + 5) % model.config().vocabularySize());
            Batch batch = new Batch(TOKENS);
            batch.add(cache.open(), ids, 0, TOKENS, Batch.LogitsFor.ALL);
            Logits logits = transformer.forward(batch, cache);
            return Arrays.copyOf(logits.values(), TOKENS * logits.vocabulary());
        }
    }

    @Test
    void writesTheKeysAndNamesThatOtherReadersExpectOfLlama() {
        Path target = folder.resolve("model.gguf");

        convert(ORACLE.resolve("llama3-tiny"), target, Optional.empty());

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.metadata().keys())
                    .containsExactly(
                            "general.architecture",
                            "general.type",
                            "general.name",
                            "general.size_label",
                            "llama.block_count",
                            "llama.context_length",
                            "llama.embedding_length",
                            "llama.feed_forward_length",
                            "llama.attention.head_count",
                            "llama.attention.head_count_kv",
                            "llama.rope.freq_base",
                            "llama.attention.layer_norm_rms_epsilon",
                            "llama.attention.key_length",
                            "llama.attention.value_length",
                            "general.file_type",
                            "llama.vocab_size",
                            "llama.rope.dimension_count",
                            "general.quantization_version",
                            "tokenizer.ggml.model");
            assertThat(file.metadata().requireString("general.name")).isEqualTo("llama3-tiny");
            assertThat(file.metadata().requireString("general.size_label")).isEqualTo("187K");
            assertThat(file.tensors().stream().map(Tensor::name).limit(12))
                    .containsExactly(
                            "token_embd.weight",
                            "rope_freqs.weight",
                            "blk.0.attn_norm.weight",
                            "blk.0.attn_q.weight",
                            "blk.0.attn_k.weight",
                            "blk.0.attn_v.weight",
                            "blk.0.attn_output.weight",
                            "blk.0.ffn_norm.weight",
                            "blk.0.ffn_gate.weight",
                            "blk.0.ffn_up.weight",
                            "blk.0.ffn_down.weight",
                            "blk.1.attn_norm.weight");
        }
    }

    @Test
    void transposesExpertsAndPartsTheirHalves() {
        Path target = folder.resolve("model.gguf");

        convert(ORACLE.resolve("llama4-scout-tiny"), target, Optional.empty());

        try (SafetensorsFolder source =
                        SafetensorsFolder.open(ORACLE.resolve("llama4-scout-tiny"));
                GgufFile file = GgufFile.open(target)) {
            Tensor gateUp = source.require("model.layers.1.feed_forward.experts.gate_up_proj");
            Tensor up = file.require("blk.1.ffn_up_exps.weight");
            assertThat(gateUp.shape()).isEqualTo(Shape.of(4, 64, 192));
            assertThat(up.shape()).isEqualTo(Shape.of(4, 96, 64));
            float[] from = gateUp.slice(3).decode();
            float[] to = up.slice(3).decode();
            assertThat(to[95 * 64 + 17]).isEqualTo(from[17 * 192 + 96 + 95]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"F32", "F16", "BF16"})
    void changesTheFormatOfMatricesOnRequestButNotOfNorms(TensorFormat format) {
        Path target = folder.resolve("model.gguf");

        convert(ORACLE.resolve("llama4-maverick-tiny"), target, Optional.of(format));

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.metadata().integer("general.file_type"))
                    .hasValue(FileType.of(format.name()).id());
            assertThat(file.require("blk.0.attn_q.weight").format()).isEqualTo(format);
            assertThat(file.require("blk.1.ffn_down_exps.weight").format()).isEqualTo(format);
            assertThat(file.require("blk.0.attn_norm.weight").format()).isEqualTo(TensorFormat.F32);
            assertThat(file.require("blk.1.ffn_gate_inp.weight").format())
                    .isEqualTo(TensorFormat.F32);
        }
    }

    @Test
    void keepsSmallFloatsOfTheFolderAsTheyAre() {
        Path target = folder.resolve("model.gguf");

        convert(ORACLE.resolve("llama3-tied-bf16"), target, Optional.empty());

        try (GgufFile file = GgufFile.open(target)) {
            assertThat(file.require("token_embd.weight").format()).isEqualTo(TensorFormat.BF16);
            assertThat(file.find("output.weight")).isEmpty();
        }
    }

    @Test
    void reportsHowFarItHasCome() {
        List<Long> done = new ArrayList<>();
        try (SafetensorsFolder source = SafetensorsFolder.open(ORACLE.resolve("llama3-tiny"))) {
            HfToGguf converter = new HfToGguf(source, Optional.empty());
            converter.write(folder.resolve("model.gguf"), done::add);

            assertThat(done).isSorted().last().isEqualTo(converter.tensorBytes());
        }
    }

    @Test
    void carriesTokenizerAndChatTemplateOver() throws IOException {
        Path model = copy("llama3-tiny");
        Files.writeString(
                model.resolve("tokenizer.json"),
                """
                {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]},
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
                 "added_tokens": [{"id": 3, "content": "<|eot_id|>", "special": true}]}
                """);
        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages[0].content }}");

        convert(model, folder.resolve("model.gguf"), Optional.empty());

        try (LlamaModel converted = LlamaModel.open(folder.resolve("model.gguf"));
                GgufFile file = GgufFile.open(folder.resolve("model.gguf"))) {
            assertThat(converted.tokenizer().orElseThrow().encode("aba")).containsExactly(2, 0);
            assertThat(file.metadata().string("tokenizer.chat_template"))
                    .contains("{{ messages[0].content }}");
            assertThat(file.metadata().integer("tokenizer.ggml.eot_token_id")).hasValue(3);
        }
    }

    @Test
    void leavesNothingWhenTheTokenizerIsLargerThanTheModel() throws IOException {
        Path model = copy("llama3-tiny");
        Files.copy(
                Path.of("src/test/resources/tokenizer/llama3.json"),
                model.resolve("tokenizer.json"));

        assertThatThrownBy(() -> convert(model, folder.resolve("model.gguf"), Optional.empty()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("256");
        assertThat(folder.resolve("model.gguf")).doesNotExist();
    }

    /** As Llama Guard 4: every layer rotates and sees all history. */
    @Test
    void saysThatNoLayerIsChunked() throws IOException {
        Path model = copy("llama4-scout-tiny");
        String config = Files.readString(model.resolve("config.json"));
        String global =
                config.replace("\"chunked_attention\"", "\"full_attention\"")
                        .replace("\"attention_chunk_size\": 16", "\"attention_chunk_size\": null")
                        .replaceFirst(
                                "(?s)\"no_rope_layers\": \\[.*?]",
                                "\"no_rope_layers\": [1,1,1,1,1,1,1,1]");
        Files.writeString(model.resolve("config.json"), global);
        Path target = folder.resolve("model.gguf");

        convert(model, target, Optional.empty());

        try (LlamaModel original = LlamaModel.open(model);
                LlamaModel converted = LlamaModel.open(target)) {
            assertThat(original.config().layers()).allMatch(layer -> layer.rope());
            assertThat(converted.config().layers()).isEqualTo(original.config().layers());
        }
    }

    @Test
    void refusesLayersThatGgufCannotDescribe() throws IOException {
        Path model = copy("llama4-top2-tiny");
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceAll(
                                "\"no_rope_layers\": \\[[^\\]]*\\]",
                                "\"no_rope_layers\": [0, 1, 1, 0]")
                        .replaceAll("\"layer_types\": \\[[^\\]]*\\],", ""));

        assertThatThrownBy(() -> convert(model, folder.resolve("model.gguf"), Optional.empty()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("every n-th layer");
        assertThat(folder.resolve("model.gguf")).doesNotExist();
    }

    private Path copy(String name) throws IOException {
        Path model = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(ORACLE.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        return model;
    }

    private static void convert(Path from, Path to, Optional<TensorFormat> format) {
        try (SafetensorsFolder source = SafetensorsFolder.open(from)) {
            new HfToGguf(source, format).write(to, done -> {});
        }
    }
}
