package dev.altiplano.model.convert;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.convert.HfTensors.Output;
import dev.altiplano.model.file.GgufValue;
import dev.altiplano.model.file.GgufWriter;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.LlamaConfig.Temperature;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes what a model is into the metadata of a GGUF file: keys, types and order as llama.cpp's
 * converter has them ({@code conversion/base.py}, {@code conversion/llama.py}).
 *
 * <p>That converter leaves out what the published Llama 4 models have in common: chunks of 8192,
 * every fourth layer NoPE, the temperature, QK norm unless there are 128 experts. A model that
 * differs gets the keys that Ollama's converter and llama.cpp's other architectures use for it.
 */
final class HfMetadata {
    private static final int QUANTIZATION_VERSION = 2;
    private static final int USUAL_CHUNK = 8192;
    private static final int USUAL_PATTERN = 4;
    private static final int EXPERTS_WITHOUT_QK_NORM = 128;
    private static final Temperature USUAL_TEMPERATURE = new Temperature(8192, 0.1);

    private final SafetensorsFolder source;
    private final LlamaConfig config;
    private final List<Output> outputs;
    private final GgufWriter writer;
    private final String architecture;

    HfMetadata(
            SafetensorsFolder source, LlamaConfig config, List<Output> outputs, GgufWriter writer) {
        this.source = source;
        this.config = config;
        this.outputs = outputs;
        this.writer = writer;
        this.architecture = config.architecture().name().toLowerCase(Locale.ROOT);
    }

    void write() {
        writer.put("general.architecture", GgufValue.text(architecture));
        writer.put("general.type", GgufValue.text("model"));
        writer.put(
                "general.name",
                GgufValue.text(
                        String.valueOf(source.path().toAbsolutePath().normalize().getFileName())));
        writer.put("general.size_label", GgufValue.text(SizeLabel.of(outputs)));
        writeSizes();
        writeRope();
        put("attention.layer_norm_rms_epsilon", GgufValue.float32(config.normEpsilon()));
        if (config.architecture() == Architecture.LLAMA4) {
            writeExperts();
        }
        whole("attention.key_length", config.headDim());
        whole("attention.value_length", config.headDim());
        writer.put("general.file_type", GgufValue.uint32(fileType().id()));
        whole("vocab_size", config.vocabularySize());
        whole("rope.dimension_count", config.headDim());
        if (config.architecture() == Architecture.LLAMA4) {
            writeLayers();
            writeWhatIsUnusual();
        }
        writer.put("general.quantization_version", GgufValue.uint32(QUANTIZATION_VERSION));
    }

    private void writeSizes() {
        whole("block_count", config.layers().size());
        whole("context_length", config.contextLength());
        whole("embedding_length", config.hiddenSize());
        whole("feed_forward_length", config.denseWidth());
        whole("attention.head_count", config.heads());
        whole("attention.head_count_kv", config.kvHeads());
    }

    private void writeRope() {
        HfRope rope = HfRope.of(source.config());
        if (rope.type().equals("linear")) {
            put("rope.scaling.type", GgufValue.text("linear"));
            put("rope.scaling.factor", GgufValue.float32(rope.factor()));
        }
        put("rope.freq_base", GgufValue.float32(rope.baseFor(config)));
    }

    /** Where no layer has experts, the file does not speak of them. */
    private void writeExperts() {
        if (config.experts().isPresent()) {
            Experts experts = config.experts().get();
            whole("expert_count", experts.count());
            whole("expert_used_count", experts.perToken());
            whole("expert_feed_forward_length", experts.width());
        }
    }

    private void writeLayers() {
        int step =
                IntStream.rangeClosed(1, config.layers().size())
                        .filter(this::isMoeStep)
                        .findFirst()
                        .orElse(0);
        whole("interleave_moe_layer_step", step);
        if (config.layers().stream().allMatch(layer -> layer.rope() && !layer.chunked())) {
            whole("attention.sliding_window", 0);
        }
    }

    /** Whether layers step, 2 · step, … counted from 1 are those with experts. */
    private boolean isMoeStep(int step) {
        return IntStream.range(0, config.layers().size())
                .allMatch(i -> config.layers().get(i).moe() == ((i + 1) % step == 0));
    }

    private void writeWhatIsUnusual() {
        int experts = config.experts().map(Experts::count).orElse(0);
        if (config.qkNorm() != (experts != EXPERTS_WITHOUT_QK_NORM)) {
            put("use_qk_norm", GgufValue.bool(config.qkNorm()));
        }
        if (config.layers().stream().allMatch(layer -> layer.rope() && !layer.chunked())) {
            return;
        }
        int pattern = requirePattern();
        if (pattern != USUAL_PATTERN) {
            whole("attention.sliding_window_pattern", pattern);
        }
        boolean chunked = config.layers().stream().anyMatch(Layer::chunked);
        // Without chunks: one that holds the whole context.
        int chunk = chunked ? config.attentionChunk() : config.contextLength();
        if (chunk != USUAL_CHUNK) {
            whole("attention.chunk_size", chunk);
        }
        Temperature temperature =
                config.temperature().orElse(new Temperature(USUAL_TEMPERATURE.floorScale(), 0));
        if (!temperature.equals(USUAL_TEMPERATURE)) {
            put("attention.temperature_length", length(temperature.floorScale()));
            put("attention.temperature_scale", GgufValue.float32(temperature.scale()));
        }
    }

    private static GgufValue length(double floorScale) {
        return floorScale == Math.rint(floorScale)
                ? GgufValue.uint32((long) floorScale)
                : GgufValue.float32(floorScale);
    }

    /** Every how many layers one is NoPE; other arrangements have no key. */
    private int requirePattern() {
        List<Layer> layers = config.layers();
        boolean chunked = layers.stream().anyMatch(Layer::chunked);
        return IntStream.concat(
                        IntStream.of(USUAL_PATTERN), IntStream.rangeClosed(1, layers.size() + 1))
                .filter(
                        pattern ->
                                IntStream.range(0, layers.size())
                                        .allMatch(
                                                i ->
                                                        fits(
                                                                layers.get(i),
                                                                (i + 1) % pattern != 0,
                                                                chunked)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s, config.json: expected every n-th layer without rotary positions and the others chunked, as GGUF can say it, found %s. Run the folder as it is."
                                                .formatted(source.path(), layers)));
    }

    private static boolean fits(Layer layer, boolean rope, boolean chunked) {
        return layer.rope() == rope && layer.chunked() == (rope && chunked);
    }

    /** The type of the file is the format of most weights. */
    private FileType fileType() {
        TensorFormat most = TensorFormat.F32;
        long mostElements = 0;
        for (FileType type : List.of(FileType.F32, FileType.F16, FileType.BF16)) {
            long elements =
                    outputs.stream()
                            .filter(output -> output.format() == type.format())
                            .mapToLong(output -> output.shape().elements())
                            .sum();
            if (elements > mostElements) {
                most = type.format();
                mostElements = elements;
            }
        }
        return FileType.of(most.name());
    }

    private void whole(String key, long value) {
        put(key, GgufValue.uint32(value));
    }

    private void put(String key, GgufValue value) {
        writer.put(architecture + "." + key, value);
    }
}
