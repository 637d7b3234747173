package dev.altiplano.model.vision;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.model.json.Json;
import dev.altiplano.model.json.JsonAt;
import dev.altiplano.model.llama.LlamaConfig;
import java.util.Optional;

/** Reads {@code vision_config} of Hugging Face's {@code config.json}, model type {@code llama4}. */
final class HfVisionConfigReader {
    private static final String FILE = "config.json";

    private final JsonAt root;
    private final JsonAt vision;

    private HfVisionConfigReader(JsonAt root, JsonAt vision) {
        this.root = root;
        this.vision = vision;
    }

    /** Empty if the model has no image encoder. */
    static Optional<VisionConfig> read(Json.Obj config) {
        JsonAt root = JsonAt.root(FILE, config);
        if (!root.require("model_type").string().equals("llama4")) {
            return Optional.empty();
        }
        return root.find("vision_config")
                .map(vision -> new HfVisionConfigReader(root, vision).read());
    }

    private VisionConfig read() {
        refuseWhatIsMissingHere();
        try {
            return new VisionConfig(
                    whole("image_size", VisionConfig.SIDE_MAX),
                    whole("patch_size", VisionConfig.SIDE_MAX),
                    whole("hidden_size", LlamaConfig.WIDTH_MAX),
                    whole("num_attention_heads", LlamaConfig.WIDTH_MAX),
                    whole("intermediate_size", LlamaConfig.WIDTH_MAX),
                    whole("num_hidden_layers", LlamaConfig.LAYERS_MAX),
                    shuffle(),
                    whole("vision_output_dim", LlamaConfig.WIDTH_MAX),
                    root.require("text_config")
                            .require("hidden_size")
                            .integer(1, LlamaConfig.WIDTH_MAX),
                    (float) positive("norm_eps", 1e-5),
                    ropeBase(),
                    root.require("image_token_index").integer(0, LlamaConfig.VOCABULARY_MAX));
        } catch (IllegalArgumentException senseless) {
            throw new ModelFormatException(
                    "%s, vision_config: %s. Mend the file or download it again."
                            .formatted(FILE, senseless.getMessage()),
                    senseless);
        }
    }

    private void refuseWhatIsMissingHere() {
        Optional<JsonAt> activation = vision.find("hidden_act");
        if (activation.isPresent() && !activation.get().string().equals("gelu")) {
            throw activation.get().expected("\"gelu\"");
        }
        Optional<JsonAt> channels = vision.find("num_channels");
        channels.ifPresent(c -> c.integer(VisionConfig.CHANNELS, VisionConfig.CHANNELS));
        Optional<JsonAt> bias = vision.find("multi_modal_projector_bias");
        if (bias.isPresent() && bias.get().bool()) {
            throw bias.get().expected("false (a projector bias is not supported)");
        }
    }

    /** The file gives the ratio by which pixel shuffle shrinks a side, such as 0.5. */
    private int shuffle() {
        JsonAt ratio = vision.require("pixel_shuffle_ratio");
        long joined = Math.round(1 / ratio.number());
        if (joined < 1 || joined > VisionConfig.SIDE_MAX || joined * ratio.number() != 1) {
            throw ratio.expected("one over a whole number, such as 0.5");
        }
        return (int) joined;
    }

    private double ropeBase() {
        Optional<JsonAt> parameters = vision.find("rope_parameters");
        return parameters
                .flatMap(p -> p.find("rope_theta"))
                .or(() -> vision.find("rope_theta"))
                .map(HfVisionConfigReader::positive)
                .orElse(10_000.0);
    }

    private int whole(String key, int max) {
        return vision.require(key).integer(1, max);
    }

    private double positive(String key, double absent) {
        return vision.find(key).map(HfVisionConfigReader::positive).orElse(absent);
    }

    private static double positive(JsonAt value) {
        if (value.number() <= 0) {
            throw value.expected("a positive number");
        }
        return value.number();
    }
}
