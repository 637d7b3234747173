package dev.altiplano.model.llama;

import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.WeightTable;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaWeights.FeedForward;
import dev.altiplano.model.llama.LlamaWeights.MixtureOfExperts;
import dev.altiplano.model.llama.LlamaWeights.SwiGlu;
import java.util.ArrayList;
import java.util.List;

/** Finds the weights of a GGUF file under the names that llama.cpp gives them. */
final class GgufWeights {
    private final LlamaConfig config;
    private final WeightTable table;

    private GgufWeights(LlamaConfig config, GgufFile file) {
        this.config = config;
        this.table = new WeightTable(file, "");
    }

    /** Throws {@code ModelFormatException} if a tensor is missing or not what it must be. */
    static LlamaWeights read(GgufFile file, LlamaConfig config) {
        return new GgufWeights(config, file).read();
    }

    private LlamaWeights read() {
        int hidden = config.hiddenSize();
        Tensor embedding = table.tensor("token_embd.weight", config.vocabularySize(), hidden);
        Projection output =
                config.tiedEmbeddings()
                        ? Projection.of(embedding)
                        : table.projection("output.weight", config.vocabularySize(), hidden);
        List<LlamaWeights.Layer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers().size(); i++) {
            layers.add(layer("blk.%d.".formatted(i), config.layers().get(i)));
        }
        return new LlamaWeights(
                embedding, layers, table.vector("output_norm.weight", hidden), output);
    }

    private LlamaWeights.Layer layer(String layer, LlamaConfig.Layer kind) {
        int hidden = config.hiddenSize();
        for (String part :
                List.of(
                        "attn_q",
                        "attn_k",
                        "attn_v",
                        "attn_output",
                        "ffn_gate",
                        "ffn_up",
                        "ffn_down")) {
            table.requireNone(layer + part + ".bias");
        }
        return new LlamaWeights.Layer(
                table.vector(layer + "attn_norm.weight", hidden),
                List.of(
                        table.projection(layer + "attn_q.weight", config.queryWidth(), hidden),
                        table.projection(layer + "attn_k.weight", config.kvWidth(), hidden),
                        table.projection(layer + "attn_v.weight", config.kvWidth(), hidden)),
                table.projection(layer + "attn_output.weight", hidden, config.queryWidth()),
                table.vector(layer + "ffn_norm.weight", hidden),
                feedForward(layer, kind));
    }

    private FeedForward feedForward(String layer, LlamaConfig.Layer kind) {
        if (!kind.moe()) {
            return swiGlu(layer, "", config.denseWidth());
        }
        Experts experts = config.experts().orElseThrow();
        return new MixtureOfExperts(
                table.projection(
                        layer + "ffn_gate_inp.weight", experts.count(), config.hiddenSize()),
                experts(layer, experts),
                swiGlu(layer, "_shexp", experts.width()));
    }

    private SwiGlu swiGlu(String layer, String suffix, int width) {
        int hidden = config.hiddenSize();
        return new SwiGlu(
                List.of(
                        table.projection(layer + "ffn_gate" + suffix + ".weight", width, hidden),
                        table.projection(layer + "ffn_up" + suffix + ".weight", width, hidden)),
                table.projection(layer + "ffn_down" + suffix + ".weight", hidden, width));
    }

    private List<SwiGlu> experts(String layer, Experts experts) {
        int count = experts.count();
        int width = experts.width();
        int hidden = config.hiddenSize();
        Tensor down = table.tensor(layer + "ffn_down_exps.weight", count, hidden, width);
        List<SwiGlu> result = new ArrayList<>();
        String fused = layer + "ffn_gate_up_exps.weight";
        if (table.has(fused)) {
            Tensor gateUp = table.tensor(fused, count, 2L * width, hidden);
            for (int i = 0; i < count; i++) {
                Projection both = Projection.of(gateUp.slice(i));
                List<Projection> halves = List.of(both.part(0, width), both.part(width, width));
                result.add(new SwiGlu(halves, Projection.of(down.slice(i))));
            }
        } else {
            Tensor gate = table.tensor(layer + "ffn_gate_exps.weight", count, width, hidden);
            Tensor up = table.tensor(layer + "ffn_up_exps.weight", count, width, hidden);
            for (int i = 0; i < count; i++) {
                List<Projection> gateAndUp =
                        List.of(Projection.of(gate.slice(i)), Projection.of(up.slice(i)));
                result.add(new SwiGlu(gateAndUp, Projection.of(down.slice(i))));
            }
        }
        return result;
    }
}
