package dev.altiplano.planner.input;

import dev.altiplano.planner.file.DocumentReader;
import dev.altiplano.planner.file.Value;
import dev.altiplano.planner.problem.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model configurations in the form of Hugging Face's {@code config.json}: as a block under {@code
 * model}, or as the name of a file beside the plan. They are written in the planner's own keys,
 * each with the place of the original; what else they hold does not matter to a plan.
 */
final class ForeignModel {
    private static final String MODEL = "model";

    /** Foreign key to our own. */
    private static final List<Map.Entry<String, String>> KEYS =
            List.of(
                    Map.entry("num_hidden_layers", "layers"),
                    Map.entry("hidden_size", "hidden"),
                    Map.entry("num_attention_heads", "heads"),
                    Map.entry("num_key_value_heads", "kv_heads"),
                    Map.entry("head_dim", "head_dim"),
                    Map.entry("vocab_size", "vocab"));

    private ForeignModel() {}

    static Value.Mapping resolve(Value.Mapping plan, Path planFile) {
        Value model = plan.entries().get(MODEL);
        if (model instanceof Value.Scalar name && name.text().endsWith(".json")) {
            model = DocumentReader.read(FilePaths.resolve(planFile, name.place(), name.text()));
        }
        if (!(model instanceof Value.Mapping mapping) || !isForeign(mapping)) {
            return plan;
        }
        Map<String, Value> entries = new LinkedHashMap<>(plan.entries());
        entries.put(MODEL, own(mapping));
        return new Value.Mapping(Collections.unmodifiableMap(entries), plan.place());
    }

    private static boolean isForeign(Value.Mapping model) {
        return model.entries().containsKey("hidden_size")
                || model.entries().containsKey("text_config")
                || model.entries().containsKey("model_type");
    }

    private static Value.Mapping own(Value.Mapping foreign) {
        Value.Mapping text =
                foreign.entries().get("text_config") instanceof Value.Mapping inner
                        ? inner
                        : foreign;
        Map<String, Value> own = new LinkedHashMap<>();
        KEYS.forEach(
                key -> find(text, key.getKey()).ifPresent(value -> own.put(key.getValue(), value)));
        find(text, "tie_word_embeddings")
                .or(() -> find(foreign, "tie_word_embeddings"))
                .ifPresent(value -> own.put("tied", value));
        find(text, "intermediate_size_mlp")
                .or(() -> find(text, "intermediate_size"))
                .ifPresent(value -> own.put("ffn", value));
        if (find(text, "num_local_experts").isPresent()) {
            own.put("moe", moe(text));
        }
        if (find(text, "attention_chunk_size").isPresent()) {
            own.put("attention", attention(text));
        }
        return new Value.Mapping(Collections.unmodifiableMap(own), text.place());
    }

    /** Llama 4 has one shared expert in each layer with experts; Mixtral has none. */
    private static Value moe(Value.Mapping text) {
        Map<String, Value> moe = new LinkedHashMap<>();
        find(text, "num_local_experts").ifPresent(value -> moe.put("experts", value));
        find(text, "num_experts_per_tok").ifPresent(value -> moe.put("top_k", value));
        find(text, "interleave_moe_layer_step").ifPresent(value -> moe.put("every", value));
        find(text, "intermediate_size").ifPresent(value -> moe.put("ffn_expert", value));
        Place place = text.place().child("moe", text.place().line());
        if (find(text, "intermediate_size_mlp").isPresent()) {
            moe.put("shared", new Value.Scalar("1", place));
        }
        return new Value.Mapping(Collections.unmodifiableMap(moe), place);
    }

    private static Value attention(Value.Mapping text) {
        Place place = text.place().child("attention", text.place().line());
        Map<String, Value> attention = new LinkedHashMap<>();
        find(text, "attention_chunk_size").ifPresent(value -> attention.put("chunk", value));
        find(text, "no_rope_layer_interval").ifPresent(value -> attention.put("full_every", value));
        return new Value.Mapping(Collections.unmodifiableMap(attention), place);
    }

    private static Optional<Value> find(Value.Mapping block, String key) {
        return Optional.ofNullable(block.entries().get(key))
                .filter(value -> !(value instanceof Value.Nothing));
    }
}
