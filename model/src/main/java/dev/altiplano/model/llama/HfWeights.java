package dev.altiplano.model.llama;

import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Projection.Layout;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.file.WeightTable;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaWeights.FeedForward;
import dev.altiplano.model.llama.LlamaWeights.MixtureOfExperts;
import dev.altiplano.model.llama.LlamaWeights.SwiGlu;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the weights of a safetensors folder under the names that transformers gives them. Experts
 * of Llama 4 are stored input-major, gate and up side by side: [experts, H, 2F] and [experts, F,
 * H].
 */
final class HfWeights {
    private final LlamaConfig config;
    private final WeightTable table;

    private HfWeights(LlamaConfig config, SafetensorsFolder folder) {
        this.config = config;
        String language = "language_model.";
        boolean multimodal = folder.find(language + "model.embed_tokens.weight").isPresent();
        this.table = new WeightTable(folder, multimodal ? language : "");
    }

    /** Throws {@code ModelFormatException} if a tensor is missing or not what it must be. */
    static LlamaWeights read(SafetensorsFolder folder, LlamaConfig config) {
        return new HfWeights(config, folder).read();
    }

    private LlamaWeights read() {
        int hidden = config.hiddenSize();
        Tensor embedding =
                table.tensor("model.embed_tokens.weight", config.vocabularySize(), hidden);
        Projection output =
                config.tiedEmbeddings()
                        ? Projection.of(embedding)
                        : table.projection("lm_head.weight", config.vocabularySize(), hidden);
        List<LlamaWeights.Layer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers().size(); i++) {
            layers.add(layer("model.layers.%d.".formatted(i), config.layers().get(i)));
        }
        return new LlamaWeights(
                embedding, layers, table.vector("model.norm.weight", hidden), output);
    }

    private LlamaWeights.Layer layer(String layer, LlamaConfig.Layer kind) {
        int hidden = config.hiddenSize();
        String attention = layer + "self_attn.";
        for (String part : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            table.requireNone(attention + part + ".bias");
        }
        return new LlamaWeights.Layer(
                table.vector(layer + "input_layernorm.weight", hidden),
                List.of(
                        table.projection(attention + "q_proj.weight", config.queryWidth(), hidden),
                        table.projection(attention + "k_proj.weight", config.kvWidth(), hidden),
                        table.projection(attention + "v_proj.weight", config.kvWidth(), hidden)),
                table.projection(attention + "o_proj.weight", hidden, config.queryWidth()),
                table.vector(layer + "post_attention_layernorm.weight", hidden),
                feedForward(layer, kind));
    }

    private FeedForward feedForward(String layer, LlamaConfig.Layer kind) {
        if (config.architecture() == Architecture.LLAMA) {
            return swiGlu(layer + "mlp.", config.denseWidth());
        }
        String feedForward = layer + "feed_forward.";
        if (!kind.moe()) {
            return swiGlu(feedForward, config.denseWidth());
        }
        Experts experts = config.experts().orElseThrow();
        return new MixtureOfExperts(
                table.projection(
                        feedForward + "router.weight", experts.count(), config.hiddenSize()),
                experts(feedForward + "experts.", experts),
                swiGlu(feedForward + "shared_expert.", experts.width()));
    }

    private SwiGlu swiGlu(String part, int width) {
        int hidden = config.hiddenSize();
        return new SwiGlu(
                List.of(
                        table.projection(part + "gate_proj.weight", width, hidden),
                        table.projection(part + "up_proj.weight", width, hidden)),
                table.projection(part + "down_proj.weight", hidden, width));
    }

    private List<SwiGlu> experts(String part, Experts experts) {
        int hidden = config.hiddenSize();
        int width = experts.width();
        Tensor gateUp = table.tensor(part + "gate_up_proj", experts.count(), hidden, 2L * width);
        Tensor down = table.tensor(part + "down_proj", experts.count(), width, hidden);
        List<SwiGlu> result = new ArrayList<>();
        for (int i = 0; i < experts.count(); i++) {
            Projection both = inputMajor(gateUp.slice(i), 2 * width);
            List<Projection> gateAndUp = List.of(both.part(0, width), both.part(width, width));
            result.add(new SwiGlu(gateAndUp, inputMajor(down.slice(i), hidden)));
        }
        return result;
    }

    private static Projection inputMajor(Tensor weights, int outputs) {
        return new Projection(weights, Layout.INPUT_MAJOR, 0, outputs);
    }
}
