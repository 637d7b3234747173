package dev.altiplano.model.llama;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.LlamaConfig.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the configuration from Hugging Face's {@code config.json}, model types {@code llama},
 * {@code mistral} (plain), {@code llama4_text} and {@code llama4} (its text part). What a file
 * leaves out has the default of transformers.
 */
final class HfConfigReader {
    private static final String FILE = "config.json";
    private static final int LLAMA4_NOPE_INTERVAL = 4;

    /** The object that describes the text model. */
    private final JsonAt text;

    private final JsonAt root;
    private final Architecture architecture;

    private HfConfigReader(Json.Obj config) {
        root = JsonAt.root(FILE, config);
        JsonAt type = root.require("model_type");
        architecture =
                switch (type.string()) {
                    case "llama", "mistral" -> Architecture.LLAMA;
                    case "llama4", "llama4_text" -> Architecture.LLAMA4;
                    default -> throw type.expected("\"llama\", \"mistral\" or \"llama4\"");
                };
        text = type.string().equals("llama4") ? root.require("text_config") : root;
    }

    /** Throws {@link ModelFormatException} if it is of another architecture or makes no sense. */
    static LlamaConfig read(Json.Obj config) {
        try {
            return new HfConfigReader(config).read();
        } catch (IllegalArgumentException senseless) {
            throw new ModelFormatException(
                    "%s: %s. Mend the file or download it again."
                            .formatted(FILE, senseless.getMessage()),
                    senseless);
        }
    }

    private LlamaConfig read() {
        refuseWhatIsMissingHere();
        boolean llama4 = architecture == Architecture.LLAMA4;
        int hiddenSize = whole("hidden_size", LlamaConfig.WIDTH_MAX);
        int heads = whole("num_attention_heads", LlamaConfig.WIDTH_MAX);
        int headDim = whole("head_dim", LlamaConfig.WIDTH_MAX, Math.max(1, hiddenSize / heads));
        List<Layer> layers = llama4 ? llama4Layers() : plainLayers();
        Optional<Experts> experts =
                layers.stream().anyMatch(Layer::moe) ? Optional.of(experts()) : Optional.empty();
        return new LlamaConfig(
                architecture,
                whole("vocab_size", LlamaConfig.VOCABULARY_MAX),
                hiddenSize,
                heads,
                whole("num_key_value_heads", heads, heads),
                headDim,
                contextLength(),
                (float) number("rms_norm_eps", llama4 ? 1e-5 : 1e-6),
                rope(headDim),
                llama4 ? RotaryPairs.ADJACENT : RotaryPairs.HALF_SPLIT,
                llama4 && bool("use_qk_norm", true),
                layers.stream().anyMatch(Layer::chunked) ? chunk().orElseThrow() : 0,
                llama4 ? temperature() : Optional.empty(),
                whole(
                        llama4 ? "intermediate_size_mlp" : "intermediate_size",
                        LlamaConfig.WIDTH_MAX),
                experts,
                layers,
                tied());
    }

    /** Switches that plain Llama models leave off. */
    private void refuseWhatIsMissingHere() {
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            if (bool(bias, false)) {
                throw text.require(bias).expected("false (biases are not supported)");
            }
        }
        Optional<JsonAt> activation = text.find("hidden_act");
        if (activation.isPresent() && !activation.get().string().equals("silu")) {
            throw activation.get().expected("\"silu\"");
        }
        Optional<JsonAt> quantization = root.find("quantization_config");
        if (quantization.isPresent()) {
            throw quantization
                    .get()
                    .expected("no such key (quantised safetensors are not supported, use GGUF)");
        }
        if (number("partial_rotary_factor", 1) != 1) {
            throw text.require("partial_rotary_factor").expected("1");
        }
    }

    private boolean tied() {
        Optional<JsonAt> own = text.find("tie_word_embeddings");
        return own.or(() -> root.find("tie_word_embeddings")).map(JsonAt::bool).orElse(false);
    }

    /** Within a sliding window every position sees all before it; beyond it we do not go. */
    private int contextLength() {
        int context = whole("max_position_embeddings", Integer.MAX_VALUE, 2048);
        return architecture == Architecture.LLAMA
                ? Math.min(context, whole("sliding_window", Integer.MAX_VALUE, context))
                : context;
    }

    private int layerCount() {
        return whole("num_hidden_layers", LlamaConfig.LAYERS_MAX);
    }

    private List<Layer> plainLayers() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < layerCount(); i++) {
            layers.add(new Layer(true, false, false));
        }
        return layers;
    }

    private List<Layer> llama4Layers() {
        int count = layerCount();
        boolean[] rope = ropeLayers(count);
        boolean[] chunked = chunkedLayers(rope);
        boolean[] moe = moeLayers(count);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(new Layer(rope[i], chunked[i], moe[i]));
        }
        return layers;
    }

    /** {@code no_rope_layers} is named after its zeros: 1 means that the layer rotates. */
    private boolean[] ropeLayers(int count) {
        boolean[] rope = new boolean[count];
        Optional<JsonAt> flags = text.find("no_rope_layers");
        if (flags.isPresent() && !flags.get().items().isEmpty()) {
            List<JsonAt> items = requireLength(flags.get(), count);
            for (int i = 0; i < count; i++) {
                rope[i] = items.get(i).integer(0, 1) == 1;
            }
        } else {
            int interval = whole("no_rope_layer_interval", count + 1, LLAMA4_NOPE_INTERVAL);
            for (int i = 0; i < count; i++) {
                rope[i] = (i + 1) % interval != 0;
            }
        }
        return rope;
    }

    private boolean[] chunkedLayers(boolean[] rope) {
        boolean[] chunked = rope.clone();
        Optional<JsonAt> types = text.find("layer_types");
        if (types.isPresent()) {
            List<JsonAt> items = requireLength(types.get(), rope.length);
            for (int i = 0; i < rope.length; i++) {
                chunked[i] =
                        switch (items.get(i).string()) {
                            case "chunked_attention" -> true;
                            case "full_attention" -> false;
                            default ->
                                    throw items.get(i)
                                            .expected(
                                                    "\"chunked_attention\" or \"full_attention\"");
                        };
            }
        }
        return chunk().isPresent() ? chunked : new boolean[rope.length];
    }

    /** Empty if the file says {@code null}: then no layer is chunked. */
    private Optional<Integer> chunk() {
        if (text.object().find("attention_chunk_size").isEmpty()) {
            return Optional.of(8192);
        }
        return text.find("attention_chunk_size").map(size -> size.integer(1, Integer.MAX_VALUE));
    }

    private boolean[] moeLayers(int count) {
        boolean[] moe = new boolean[count];
        Optional<JsonAt> explicit = text.find("moe_layers");
        if (explicit.isPresent()) {
            for (JsonAt layer : explicit.get().items()) {
                moe[layer.integer(0, count - 1)] = true;
            }
        } else {
            int step =
                    text.find("interleave_moe_layer_step")
                            .map(s -> s.integer(0, 1 << 20))
                            .orElse(1);
            for (int i = 0; i < count; i++) {
                moe[i] = step > 0 && (i + 1) % step == 0;
            }
        }
        return moe;
    }

    private static List<JsonAt> requireLength(JsonAt array, int count) {
        if (array.items().size() != count) {
            throw array.expected("one item for each of the %d layers".formatted(count));
        }
        return array.items();
    }

    private Experts experts() {
        int count = whole("num_local_experts", LlamaConfig.EXPERTS_MAX, 16);
        return new Experts(
                count,
                whole("num_experts_per_tok", count, 1),
                whole("intermediate_size", LlamaConfig.WIDTH_MAX));
    }

    /** The switch is true or false; some files of Llama 4 say 4, which is true in Python. */
    private Optional<Temperature> temperature() {
        Optional<JsonAt> tuning = text.find("attn_temperature_tuning");
        boolean on =
                tuning.map(
                                value ->
                                        value.value() instanceof Json.Num
                                                ? value.number() != 0
                                                : value.bool())
                        .orElse(true);
        return on
                ? Optional.of(
                        new Temperature(positive("floor_scale", 8192), number("attn_scale", 0.1)))
                : Optional.empty();
    }

    /**
     * New files have {@code rope_parameters}, old ones {@code rope_theta} and {@code rope_scaling}.
     */
    private RopeConfig rope(int headDim) {
        double defaultBase = architecture == Architecture.LLAMA4 ? 500_000 : 10_000;
        Optional<JsonAt> parameters = text.find("rope_parameters");
        double base =
                parameters
                        .flatMap(p -> p.find("rope_theta"))
                        .or(() -> text.find("rope_theta"))
                        .map(HfConfigReader::positive)
                        .orElse(defaultBase);
        Optional<JsonAt> scaling = parameters.or(() -> text.find("rope_scaling"));
        return RopeConfig.of(
                base, headDim, scaling.map(this::scaling).orElse(new RopeConfig.NoScaling()));
    }

    private RopeConfig.Scaling scaling(JsonAt parameters) {
        Optional<JsonAt> type = parameters.find("rope_type").or(() -> parameters.find("type"));
        if (type.isEmpty()) {
            return new RopeConfig.NoScaling();
        }
        return switch (type.get().string()) {
            case "default" -> new RopeConfig.NoScaling();
            case "linear" -> new RopeConfig.Linear(positive(parameters.require("factor")));
            case "llama3" -> llama3(parameters);
            default ->
                    throw type.get()
                            .expected(
                                    "\"default\", \"linear\" or \"llama3\" (others are not supported)");
        };
    }

    private RopeConfig.Scaling llama3(JsonAt parameters) {
        JsonAt original =
                parameters
                        .find("original_max_position_embeddings")
                        .orElseGet(() -> text.require("max_position_embeddings"));
        return new RopeConfig.Llama3(
                positive(parameters.require("factor")),
                positive(parameters.require("low_freq_factor")),
                positive(parameters.require("high_freq_factor")),
                positive(original));
    }

    private int whole(String key, int max) {
        return text.require(key).integer(1, max);
    }

    private int whole(String key, int max, int absent) {
        return text.find(key).map(value -> value.integer(1, max)).orElse(absent);
    }

    private double number(String key, double absent) {
        return text.find(key).map(JsonAt::number).orElse(absent);
    }

    private double positive(String key, double absent) {
        return text.find(key).map(HfConfigReader::positive).orElse(absent);
    }

    private static double positive(JsonAt value) {
        if (value.number() <= 0) {
            throw value.expected("a positive number");
        }
        return value.number();
    }

    private boolean bool(String key, boolean absent) {
        return text.find(key).map(JsonAt::bool).orElse(absent);
    }
}
