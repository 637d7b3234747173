package dev.altiplano.model.fuzz;

import dev.altiplano.compute.Shape;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.HfToGguf;
import dev.altiplano.model.file.GgufType;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.file.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Small files in good order, from which the damaged ones are made. */
final class GoodFiles {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final int HIDDEN = 8;
    private static final int INNER = 16;
    private static final int VOCABULARY = 16;

    private static final String LLAMA_CONFIG =
            """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8,
             "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
             "num_key_value_heads": 1, "head_dim": 4, "vocab_size": 16, "rms_norm_eps": 1e-05,
             "max_position_embeddings": 64, "rope_theta": 500000.0, "tie_word_embeddings": false,
             "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
              "high_freq_factor": 4.0, "original_max_position_embeddings": 16},
             "bos_token_id": 3, "eos_token_id": [4, 3], "hidden_act": "silu"}
            """;

    private static final String LLAMA4_CONFIG =
            """
            {"model_type": "llama4_text", "hidden_size": 8, "intermediate_size": 16,
             "intermediate_size_mlp": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
             "num_key_value_heads": 1, "head_dim": 4, "vocab_size": 16, "rms_norm_eps": 1e-05,
             "max_position_embeddings": 64, "num_local_experts": 2, "num_experts_per_tok": 1,
             "interleave_moe_layer_step": 1, "moe_layers": [0], "no_rope_layers": [1],
             "layer_types": ["chunked_attention"], "attention_chunk_size": 16, "floor_scale": 8,
             "attn_scale": 0.1, "attn_temperature_tuning": true, "use_qk_norm": true,
             "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 16.0,
              "low_freq_factor": 1.0, "high_freq_factor": 1.0,
              "original_max_position_embeddings": 16}}
            """;

    private static final String TOKENIZER =
            """
            {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]},
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
             "added_tokens": [{"id": 3, "content": "<|begin|>", "special": true},
              {"id": 4, "content": "<|eot_id|>", "special": true}]}
            """;

    private static final String TOKENIZER_CONFIG =
            """
            {"bos_token": "<|begin|>", "eos_token": {"content": "<|eot_id|>"},
             "add_bos_token": true, "chat_template": "{{ messages[0].content }}"}
            """;

    private GoodFiles() {}

    static byte[] resource(String name) {
        return read(RESOURCES.resolve(name));
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] everyMetadataType() {
        return gguf(
                writer -> {
                    for (GgufType type : GgufType.values()) {
                        GgufValue value = valueOf(type);
                        writer.put("one." + type, value);
                        writer.put(
                                "list." + type, new GgufValue.Array(type, List.of(value, value)));
                    }
                    for (TensorFormat format :
                            List.of(TensorFormat.F32, TensorFormat.Q4_0, TensorFormat.Q6_K)) {
                        writer.declare(
                                "w." + format, format, Shape.of(2, 2L * format.blockWeights()));
                    }
                    for (TensorFormat format :
                            List.of(TensorFormat.F32, TensorFormat.Q4_0, TensorFormat.Q6_K)) {
                        long bytes = format.sizeBytes(4L * format.blockWeights());
                        writer.write(MemorySegment.ofArray(new byte[(int) bytes]));
                    }
                });
    }

    private static GgufValue valueOf(GgufType type) {
        return switch (type) {
            case FLOAT32, FLOAT64 -> new GgufValue.Real(type, 0.5);
            case BOOL -> GgufValue.bool(true);
            case STRING -> GgufValue.text("señora");
            case ARRAY -> GgufValue.strings(List.of("a", "b"));
            default -> new GgufValue.Whole(type, 7);
        };
    }

    static Map<String, byte[]> split() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int part = 0; part < 2; part++) {
            int number = part;
            files.put(
                    "s-%05d-of-00002.gguf".formatted(part + 1),
                    gguf(
                            writer -> {
                                writer.put("split.no", GgufValue.uint32(number));
                                writer.put("split.count", GgufValue.uint32(2));
                                writer.put("split.tensors.count", GgufValue.uint32(2));
                                writer.declare("w" + number, TensorFormat.F32, Shape.of(4));
                                writer.write(MemorySegment.ofArray(new float[4]));
                            }));
        }
        return files;
    }

    static byte[] llamaGguf() {
        return converted("llama");
    }

    static byte[] llama4Gguf() {
        return converted("llama4");
    }

    private static byte[] converted(String family) {
        return inFolder(
                folder -> {
                    folder(family).forEach((name, content) -> write(folder.resolve(name), content));
                    Path target = folder.resolve("out.gguf");
                    try (SafetensorsFolder source = SafetensorsFolder.open(folder)) {
                        new HfToGguf(source, Optional.empty()).write(target, done -> {});
                    }
                    return read(target);
                });
    }

    static byte[] everyDtype() {
        return safetensors(
                Map.of(
                        "f64",
                        Shape.of(2),
                        "f32",
                        Shape.of(2, 2),
                        "i32",
                        Shape.of(3),
                        "bool",
                        Shape.of(1),
                        "u8",
                        Shape.of(0)),
                name -> TensorFormat.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** A folder of the tiniest Llama 3 or Llama 4, in two shards, with a tokenizer. */
    static Map<String, byte[]> folder(String family) {
        boolean llama4 = family.equals("llama4");
        Map<String, Shape> tensors = llama4 ? llama4Tensors() : llamaTensors();
        Map<String, Shape> first = new LinkedHashMap<>();
        Map<String, Shape> second = new LinkedHashMap<>();
        StringBuilder index = new StringBuilder("{\"metadata\":{},\"weight_map\":{");
        tensors.forEach(
                (name, shape) -> {
                    boolean even = (first.size() + second.size()) % 2 == 0;
                    (even ? first : second).put(name, shape);
                    index.append(index.charAt(index.length() - 1) == '{' ? "" : ",")
                            .append("\"%s\":\"%s.safetensors\"".formatted(name, even ? "a" : "b"));
                });
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("config.json", utf8(llama4 ? LLAMA4_CONFIG : LLAMA_CONFIG));
        files.put("model.safetensors.index.json", utf8(index + "}}"));
        files.put("tokenizer.json", utf8(TOKENIZER));
        files.put("tokenizer_config.json", utf8(TOKENIZER_CONFIG));
        files.put("a.safetensors", safetensors(first, name -> TensorFormat.BF16));
        files.put("b.safetensors", safetensors(second, name -> TensorFormat.F32));
        return files;
    }

    private static Map<String, Shape> llamaTensors() {
        Map<String, Shape> tensors = attention();
        feedForward(tensors, "model.layers.0.mlp.");
        return tensors;
    }

    private static Map<String, Shape> llama4Tensors() {
        Map<String, Shape> tensors = attention();
        String part = "model.layers.0.feed_forward.";
        tensors.put(part + "router.weight", Shape.of(2, HIDDEN));
        tensors.put(part + "experts.gate_up_proj", Shape.of(2, HIDDEN, 2 * INNER));
        tensors.put(part + "experts.down_proj", Shape.of(2, INNER, HIDDEN));
        feedForward(tensors, part + "shared_expert.");
        return tensors;
    }

    private static Map<String, Shape> attention() {
        Map<String, Shape> tensors = new LinkedHashMap<>();
        tensors.put("model.embed_tokens.weight", Shape.of(VOCABULARY, HIDDEN));
        tensors.put("model.layers.0.input_layernorm.weight", Shape.of(HIDDEN));
        tensors.put("model.layers.0.self_attn.q_proj.weight", Shape.of(HIDDEN, HIDDEN));
        tensors.put("model.layers.0.self_attn.k_proj.weight", Shape.of(HIDDEN / 2, HIDDEN));
        tensors.put("model.layers.0.self_attn.v_proj.weight", Shape.of(HIDDEN / 2, HIDDEN));
        tensors.put("model.layers.0.self_attn.o_proj.weight", Shape.of(HIDDEN, HIDDEN));
        tensors.put("model.layers.0.post_attention_layernorm.weight", Shape.of(HIDDEN));
        tensors.put("model.norm.weight", Shape.of(HIDDEN));
        tensors.put("lm_head.weight", Shape.of(VOCABULARY, HIDDEN));
        return tensors;
    }

    private static void feedForward(Map<String, Shape> tensors, String part) {
        tensors.put(part + "gate_proj.weight", Shape.of(INNER, HIDDEN));
        tensors.put(part + "up_proj.weight", Shape.of(INNER, HIDDEN));
        tensors.put(part + "down_proj.weight", Shape.of(HIDDEN, INNER));
    }

    static byte[] tiktoken() {
        StringBuilder lines = new StringBuilder();
        Base64.Encoder base64 = Base64.getEncoder();
        for (int id = 0; id < 256; id++) {
            byte[] token = {(byte) id};
            lines.append(base64.encodeToString(token)).append(' ').append(id).append('\n');
        }
        lines.append(base64.encodeToString(utf8("lake"))).append(" 256\n");
        return utf8(lines.toString());
    }

    static byte[] json() {
        return utf8(
                """
                {"a": [1, -2.5e-3, {"b": {"c": [[], {}, "d"]}}], "\\u00e9\\ud83d\\ude00": "ñ😀\\n",
                 "t": true, "f": false, "n": null, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
                """);
    }

    private static byte[] gguf(Consumer<GgufWriter> content) {
        return inFolder(
                folder -> {
                    Path path = folder.resolve("good.gguf");
                    try (GgufWriter writer = GgufWriter.create(path)) {
                        content.accept(writer);
                        writer.finish();
                    }
                    return read(path);
                });
    }

    private static byte[] safetensors(
            Map<String, Shape> tensors, Function<String, TensorFormat> format) {
        return inFolder(
                folder -> {
                    Path path = folder.resolve("good.safetensors");
                    try (SafetensorsWriter writer = SafetensorsWriter.create(path)) {
                        writer.metadata(Map.of("format", "pt"));
                        tensors.forEach(
                                (name, shape) -> writer.declare(name, format.apply(name), shape));
                        tensors.forEach(
                                (name, shape) -> {
                                    long bytes = format.apply(name).sizeBytes(shape.elements());
                                    writer.write(MemorySegment.ofArray(new byte[(int) bytes]));
                                });
                        writer.finish();
                    }
                    return read(path);
                });
    }

    private static byte[] inFolder(Function<Path, byte[]> work) {
        try {
            Path folder = Files.createTempDirectory("good");
            try {
                return work.apply(folder);
            } finally {
                Fuzz.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void write(Path path, byte[] content) {
        try {
            Files.write(path, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
