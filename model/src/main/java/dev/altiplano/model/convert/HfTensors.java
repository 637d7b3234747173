package dev.altiplano.model.convert;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each tensor of a GGUF file is made of: names, shapes and formats as llama.cpp's converter
 * gives them. The tensors of the folder have been checked before.
 */
final class HfTensors {
    private static final String LANGUAGE = "language_model.";

    private final SafetensorsFolder source;
    private final LlamaConfig config;
    private final Optional<TensorFormat> wanted;
    private final String prefix;
    private final List<Output> outputs = new ArrayList<>();

    /** A tensor of the file to be written; its parts follow each other. */
    record Output(String name, TensorFormat format, Shape shape, List<RowSource> parts) {
        long sizeBytes() {
            return format.sizeBytes(shape.elements());
        }
    }

    /** {@code wanted} for all matrices; if empty, each keeps its own format. */
    HfTensors(SafetensorsFolder source, LlamaConfig config, Optional<TensorFormat> wanted) {
        this.source = source;
        this.config = config;
        this.wanted = wanted;
        boolean multimodal = source.find(LANGUAGE + "model.embed_tokens.weight").isPresent();
        this.prefix = multimodal ? LANGUAGE : "";
    }

    List<Output> outputs() {
        matrix("token_embd.weight", "model.embed_tokens.weight");
        ropeDivisors();
        for (int i = 0; i < config.layers().size(); i++) {
            layer("blk.%d.".formatted(i), "model.layers.%d.".formatted(i), config.layers().get(i));
        }
        norm("output_norm.weight", "model.norm.weight");
        if (!config.tiedEmbeddings()) {
            matrix("output.weight", "lm_head.weight");
        }
        return outputs;
    }

    private void ropeDivisors() {
        HfRope rope = HfRope.of(source.config());
        if (rope.needsDivisors()) {
            float[] divisors = rope.divisors(config);
            add(
                    "rope_freqs.weight",
                    TensorFormat.F32,
                    new RowSource.Computed(divisors),
                    divisors.length);
        }
    }

    private void layer(String to, String from, LlamaConfig.Layer kind) {
        norm(to + "attn_norm.weight", from + "input_layernorm.weight");
        rotated(to + "attn_q.weight", from + "self_attn.q_proj.weight", config.heads());
        rotated(to + "attn_k.weight", from + "self_attn.k_proj.weight", config.kvHeads());
        matrix(to + "attn_v.weight", from + "self_attn.v_proj.weight");
        matrix(to + "attn_output.weight", from + "self_attn.o_proj.weight");
        norm(to + "ffn_norm.weight", from + "post_attention_layernorm.weight");
        if (config.architecture() == Architecture.LLAMA) {
            feedForward(to, from + "mlp.", "");
        } else if (!kind.moe()) {
            feedForward(to, from + "feed_forward.", "");
        } else {
            experts(to, from + "feed_forward.");
        }
    }

    private void feedForward(String to, String from, String suffix) {
        for (String part : List.of("gate", "up", "down")) {
            matrix("%sffn_%s%s.weight".formatted(to, part, suffix), from + part + "_proj.weight");
        }
    }

    private void experts(String to, String from) {
        Tensor router = tensor(from + "router.weight");
        // Small and decisive: kept in F32, as are the norms.
        add(
                to + "ffn_gate_inp.weight",
                TensorFormat.F32,
                RowSource.whole(router),
                router.shape().toArray());
        int width = config.experts().orElseThrow().width();
        Tensor gateUp = tensor(from + "experts.gate_up_proj");
        Tensor down = tensor(from + "experts.down_proj");
        transposed(to + "ffn_gate_exps.weight", gateUp, 0, width);
        transposed(to + "ffn_up_exps.weight", gateUp, width, width);
        transposed(to + "ffn_down_exps.weight", down, 0, config.hiddenSize());
        feedForward(to, from + "shared_expert.", "_shexp");
    }

    /** Some outputs of input-major experts [experts, inputs, outputs]. */
    private void transposed(String to, Tensor experts, int first, int count) {
        List<RowSource> parts = new ArrayList<>();
        for (long i = 0; i < experts.shape().dimension(0); i++) {
            parts.add(new RowSource.Transposed(experts.slice(i), first, count));
        }
        Shape shape = Shape.of(experts.shape().dimension(0), count, experts.shape().dimension(1));
        outputs.add(new Output(to, formatOf(experts), shape, parts));
    }

    /**
     * Q or K. Where rows that rotate together stand half a head apart, they are brought side by
     * side: of a head of d rows, row 2i + t comes from row t · d/2 + i.
     */
    private void rotated(String to, String from, int heads) {
        Tensor tensor = tensor(from);
        if (config.rotaryPairs() == RotaryPairs.ADJACENT) {
            matrix(to, from);
            return;
        }
        long headRows = tensor.shape().rows() / heads;
        RowSource rows =
                new RowSource.Copied(
                        tensor,
                        row -> {
                            long inHead = row % headRows;
                            return row - inHead + inHead % 2 * (headRows / 2) + inHead / 2;
                        });
        add(to, formatOf(tensor), rows, tensor.shape().toArray());
    }

    private void matrix(String to, String from) {
        Tensor tensor = tensor(from);
        add(to, formatOf(tensor), RowSource.whole(tensor), tensor.shape().toArray());
    }

    private void norm(String to, String from) {
        Tensor tensor = tensor(from);
        add(to, TensorFormat.F32, RowSource.whole(tensor), tensor.shape().toArray());
    }

    private void add(String name, TensorFormat format, RowSource rows, long... dimensions) {
        outputs.add(new Output(name, format, Shape.of(dimensions), List.of(rows)));
    }

    private Tensor tensor(String name) {
        return source.require(prefix + name);
    }

    private TensorFormat formatOf(Tensor tensor) {
        return wanted.orElseGet(
                () ->
                        switch (tensor.format()) {
                            case F32, F16, BF16 -> tensor.format();
                            case F64 -> TensorFormat.F32;
                            // Eight bits and fewer have their place in BF16 without a rounding.
                            case F8_E4M3, F8_E5M2 -> TensorFormat.BF16;
                            default ->
                                    throw new ModelFormatException(
                                            "%s: expected floats, found %s. Download another version of the model."
                                                    .formatted(tensor.location(), tensor.format()));
                        });
    }
}
