package dev.altiplano.model.llama;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.LlamaConfig.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads the configuration from the metadata of a GGUF file, architecture {@code llama} or {@code
 * llama4}. Keys begin with the architecture's name.
 *
 * <p>GGUF says little about Llama 4; where a key is missing the rules of llama.cpp hold: every
 * fourth layer is NoPE and sees all history, the others are chunked at 8192; {@code
 * attention.sliding_window = 0} means that no layer is chunked and all rotate; QK norm is on unless
 * there are 128 experts; the temperature has floor 8192 and scale 0.1. Files may say otherwise with
 * {@code use_qk_norm}, {@code attention.chunk_size}, {@code attention.sliding_window_pattern},
 * {@code attention.temperature_length} and {@code attention.temperature_scale}.
 */
final class GgufConfigReader {
    private static final int DEFAULT_CHUNK = 8192;
    private static final int DEFAULT_PATTERN = 4;
    private static final Temperature DEFAULT_TEMPERATURE = new Temperature(8192, 0.1);
    private static final int EXPERTS_WITHOUT_QK_NORM = 128;

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String prefix;
    private final Architecture architecture;

    private GgufConfigReader(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        String name = metadata.requireString("general.architecture");
        this.prefix = name + ".";
        this.architecture =
                switch (name) {
                    case "llama" -> Architecture.LLAMA;
                    case "llama4" -> Architecture.LLAMA4;
                    default ->
                            throw refuse(
                                    "general.architecture",
                                    "llama or llama4",
                                    name,
                                    "Other architectures are not supported.");
                };
    }

    /**
     * Throws {@link ModelFormatException} if the file is of another architecture or makes no sense.
     */
    static LlamaConfig read(GgufFile file) {
        GgufConfigReader reader = new GgufConfigReader(file);
        try {
            return reader.read();
        } catch (IllegalArgumentException senseless) {
            throw new ModelFormatException(
                    "%s: %s. Convert or download the model again."
                            .formatted(reader.where(), senseless.getMessage()),
                    senseless);
        }
    }

    private LlamaConfig read() {
        int hiddenSize = whole("embedding_length", LlamaConfig.WIDTH_MAX);
        int heads = whole("attention.head_count", LlamaConfig.WIDTH_MAX);
        int headDim = headDim(hiddenSize, heads);
        Optional<Experts> experts = experts();
        List<Layer> layers = layers();
        return new LlamaConfig(
                architecture,
                vocabularySize(),
                hiddenSize,
                heads,
                whole("attention.head_count_kv", heads, heads),
                headDim,
                whole("context_length", Integer.MAX_VALUE),
                (float) requireNumber("attention.layer_norm_rms_epsilon"),
                rope(headDim),
                RotaryPairs.ADJACENT,
                architecture == Architecture.LLAMA4 && qkNorm(experts),
                layers.stream().anyMatch(Layer::chunked) ? chunk() : 0,
                layers.stream().allMatch(Layer::rope) ? Optional.empty() : temperature(),
                whole("feed_forward_length", LlamaConfig.WIDTH_MAX, 0),
                experts,
                layers,
                file.find("output.weight").isEmpty());
    }

    private int vocabularySize() {
        Tensor embedding = file.require("token_embd.weight");
        long rows = embedding.shape().rows();
        if (rows > LlamaConfig.VOCABULARY_MAX) {
            throw new ModelFormatException(
                    "%s: expected at most %d rows, found %d. Convert the model again."
                            .formatted(embedding.location(), LlamaConfig.VOCABULARY_MAX, rows));
        }
        return (int) rows;
    }

    private int headDim(int hiddenSize, int heads) {
        int keyLength =
                whole(
                        "attention.key_length",
                        LlamaConfig.WIDTH_MAX,
                        Math.ceilDiv(hiddenSize, heads));
        requireEqual("attention.value_length", keyLength);
        requireEqual("rope.dimension_count", keyLength);
        return keyLength;
    }

    private void requireEqual(String key, int headDim) {
        int value = whole(key, LlamaConfig.WIDTH_MAX, headDim);
        if (value != headDim) {
            throw refuse(
                    prefix + key,
                    "the head dimension %d".formatted(headDim),
                    Integer.toString(value),
                    "Such models are not supported.");
        }
    }

    private Optional<Experts> experts() {
        int count = whole("expert_count", LlamaConfig.EXPERTS_MAX, 0);
        if (count == 0) {
            return Optional.empty();
        }
        if (architecture == Architecture.LLAMA) {
            throw refuse(
                    prefix + "expert_count",
                    "0",
                    Integer.toString(count),
                    "Of models with experts only Llama 4 is supported.");
        }
        return Optional.of(
                new Experts(
                        count,
                        whole("expert_used_count", count),
                        whole("expert_feed_forward_length", LlamaConfig.WIDTH_MAX)));
    }

    private List<Layer> layers() {
        int count = whole("block_count", LlamaConfig.LAYERS_MAX);
        boolean[] chunked = chunkedLayers(count);
        boolean nope = architecture == Architecture.LLAMA4 && !everyLayerSeesAll();
        List<Layer> layers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean moe = file.find("blk.%d.ffn_gate_inp.weight".formatted(i)).isPresent();
            layers.add(new Layer(!nope || chunked[i], chunked[i], moe));
        }
        return layers;
    }

    /** Whether the file says that no layer is chunked, which also means that all of them rotate. */
    private boolean everyLayerSeesAll() {
        OptionalLong window = metadata.integer(prefix + "attention.sliding_window");
        return window.isPresent() && window.getAsLong() == 0;
    }

    private boolean[] chunkedLayers(int count) {
        boolean[] chunked = new boolean[count];
        if (architecture == Architecture.LLAMA) {
            requireFullAttention();
        } else if (!everyLayerSeesAll()) {
            int pattern =
                    whole(
                            "attention.sliding_window_pattern",
                            LlamaConfig.LAYERS_MAX + 1,
                            DEFAULT_PATTERN);
            for (int i = 0; i < count; i++) {
                chunked[i] = pattern == 0 || (i + 1) % pattern != 0;
            }
        }
        return chunked;
    }

    private void requireFullAttention() {
        String key = "attention.sliding_window";
        int window = whole(key, Integer.MAX_VALUE, 0);
        if (window != 0) {
            throw refuse(
                    prefix + key,
                    "0 or no such key",
                    Integer.toString(window),
                    "Sliding windows are not supported.");
        }
    }

    private int chunk() {
        int window = whole("attention.sliding_window", Integer.MAX_VALUE, DEFAULT_CHUNK);
        return whole("attention.chunk_size", Integer.MAX_VALUE, window);
    }

    private Optional<Temperature> temperature() {
        double floor =
                metadata.number(prefix + "attention.temperature_length")
                        .orElse(DEFAULT_TEMPERATURE.floorScale());
        double scale =
                metadata.number(prefix + "attention.temperature_scale")
                        .orElse(DEFAULT_TEMPERATURE.scale());
        return scale == 0 ? Optional.empty() : Optional.of(new Temperature(floor, scale));
    }

    private boolean qkNorm(Optional<Experts> experts) {
        int count = experts.map(Experts::count).orElse(0);
        return metadata.bool(prefix + "use_qk_norm").orElse(count != EXPERTS_WITHOUT_QK_NORM);
    }

    private RopeConfig rope(int headDim) {
        double base = metadata.number(prefix + "rope.freq_base").orElse(10_000);
        if (architecture == Architecture.LLAMA4) { // the layers that rotate are the chunked ones
            base = metadata.number(prefix + "rope.freq_base_swa").orElse(base);
        }
        requirePositive("rope.freq_base", base);
        Optional<Tensor> divisors = file.find("rope_freqs.weight");
        if (divisors.isPresent()) {
            return RopeConfig.withDivisors(base, divisors(divisors.get(), headDim / 2));
        }
        return RopeConfig.of(base, headDim, scaling());
    }

    private static float[] divisors(Tensor tensor, int pairs) {
        if (tensor.shape().elements() != pairs) {
            throw new ModelFormatException(
                    "%s: expected %d values, found shape %s. Convert the model again."
                            .formatted(tensor.location(), pairs, tensor.shape()));
        }
        float[] divisors = tensor.decode();
        for (float divisor : divisors) {
            if (!(divisor > 0 && divisor < Float.POSITIVE_INFINITY)) {
                throw new ModelFormatException(
                        "%s: expected positive numbers, found %s. Convert the model again."
                                .formatted(tensor.location(), divisor));
            }
        }
        return divisors;
    }

    private RopeConfig.Scaling scaling() {
        String type = metadata.string(prefix + "rope.scaling.type").orElse("none");
        OptionalDouble factor = metadata.number(prefix + "rope.scaling.factor");
        OptionalDouble oldFactor = metadata.number(prefix + "rope.scale_linear");
        return switch (type) {
            case "none" -> oldFactor.isPresent() ? linear(oldFactor) : new RopeConfig.NoScaling();
            case "linear" -> linear(factor.isPresent() ? factor : oldFactor);
            default ->
                    throw refuse(
                            prefix + "rope.scaling.type",
                            "none or linear",
                            type,
                            "This scaling of positions is not supported.");
        };
    }

    private RopeConfig.Scaling linear(OptionalDouble factor) {
        requirePositive("rope.scaling.factor", factor.orElse(1));
        return new RopeConfig.Linear(factor.orElse(1));
    }

    private void requirePositive(String key, double value) {
        if (!(value > 0)) {
            throw refuse(
                    prefix + key, "a positive number", Double.toString(value), "Convert it again.");
        }
    }

    private double requireNumber(String key) {
        return metadata.number(prefix + key).orElseThrow(() -> missing(key));
    }

    /** A required number of 1 to {@code max}. */
    private int whole(String key, int max) {
        long value = metadata.integer(prefix + key).orElseThrow(() -> missing(key));
        return within(key, value, 1, max);
    }

    /** A number of 0 to {@code max}; {@code absent} if the key is not there. */
    private int whole(String key, int max, int absent) {
        return within(key, metadata.integer(prefix + key).orElse(absent), 0, max);
    }

    private int within(String key, long value, int min, int max) {
        if (value < min || value > max) {
            throw refuse(
                    prefix + key,
                    "%d to %d".formatted(min, max),
                    Long.toString(value),
                    "Convert or download the model again.");
        }
        return (int) value;
    }

    private ModelFormatException missing(String key) {
        return refuse(prefix + key, "a value", "none", "Convert or download the model again.");
    }

    private ModelFormatException refuse(String key, String expected, String found, String remedy) {
        return new ModelFormatException(
                "%s, key '%s': expected %s, found %s. %s"
                        .formatted(where(), key, expected, found, remedy));
    }

    private String where() {
        return String.valueOf(file.path().getFileName());
    }
}
