package dev.altiplano.model.vision;

import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.file.WeightTable;
import dev.altiplano.model.vision.VisionWeights.Block;
import dev.altiplano.model.vision.VisionWeights.Linear;
import dev.altiplano.model.vision.VisionWeights.Norm;
import java.util.ArrayList;
import java.util.List;

/** Finds the weights of an image encoder under the names that transformers gives them. */
final class HfVisionWeights {
    private static final String ENCODER = "vision_model.";

    private final VisionConfig config;
    private final WeightTable table;

    private HfVisionWeights(VisionConfig config, WeightTable table) {
        this.config = config;
        this.table = table;
    }

    /** Throws {@code ModelFormatException} if a tensor is missing or not what it must be. */
    static VisionWeights read(SafetensorsFolder folder, VisionConfig config) {
        return new HfVisionWeights(config, new WeightTable(folder, "")).read();
    }

    private VisionWeights read() {
        int hidden = config.hiddenSize();
        int adapter = config.adapterWidth();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < config.blocks(); i++) {
            blocks.add(block(ENCODER + "model.layers.%d.".formatted(i)));
        }
        String positions = ENCODER + "positional_embedding_vlm";
        String mlp = ENCODER + "vision_adapter.mlp.";
        return new VisionWeights(
                table.projection(
                        ENCODER + "patch_embedding.linear.weight", hidden, config.patchWidth()),
                table.vector(ENCODER + "class_embedding", hidden),
                table.tensor(positions, config.positions(), hidden).decode(),
                norm(ENCODER + "layernorm_pre"),
                blocks,
                norm(ENCODER + "layernorm_post"),
                List.of(
                        table.projection(mlp + "fc1.weight", adapter, config.shuffledWidth()),
                        table.projection(mlp + "fc2.weight", adapter, adapter)),
                table.projection(
                        "multi_modal_projector.linear_1.weight", config.textWidth(), adapter));
    }

    private Block block(String block) {
        int hidden = config.hiddenSize();
        int inner = config.mlpWidth();
        String attention = block + "self_attn.";
        return new Block(
                norm(block + "input_layernorm"),
                List.of(
                        linear(attention + "q_proj", hidden, hidden),
                        linear(attention + "k_proj", hidden, hidden),
                        linear(attention + "v_proj", hidden, hidden)),
                linear(attention + "o_proj", hidden, hidden),
                norm(block + "post_attention_layernorm"),
                linear(block + "mlp.fc1", inner, hidden),
                linear(block + "mlp.fc2", hidden, inner));
    }

    private Norm norm(String name) {
        int hidden = config.hiddenSize();
        return new Norm(
                table.vector(name + ".weight", hidden), table.vector(name + ".bias", hidden));
    }

    private Linear linear(String name, int outputs, int inputs) {
        return new Linear(
                table.projection(name + ".weight", outputs, inputs),
                table.vector(name + ".bias", outputs));
    }
}
