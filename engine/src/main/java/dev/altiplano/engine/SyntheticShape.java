package dev.altiplano.engine;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaConfig.Architecture;
import dev.altiplano.model.llama.LlamaConfig.Experts;
import dev.altiplano.model.llama.LlamaConfig.Layer;
import dev.altiplano.model.llama.RopeConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shape of a model to be made up for a measurement. The output matrix is the embedding, as in
 * small Llama 3 models. With experts it is a Llama 4 whose layers all have them, one for each token
 * beside the shared one, and RoPE in three of four layers.
 *
 * @param experts of each layer; 0 for dense layers
 */
public record SyntheticShape(
        int width,
        int layers,
        int heads,
        int kvHeads,
        int ffn,
        int vocab,
        TensorFormat type,
        int experts) {
    private static final int CONTEXT_TOKENS = 131_072;
    private static final Set<String> KEYS =
            Set.of("width", "layers", "heads", "ffn", "vocab", "type", "experts");
    private static final String EXAMPLE =
            "width=2048,layers=16,heads=32/8,ffn=8192,vocab=32000,type=Q4_0";

    /** Throws {@link AltiplanoException} that says what does not fit together. */
    public SyntheticShape {
        if (type.encoder().isEmpty() || type == TensorFormat.F64) {
            throw refuse("type", "a type that can be written, such as Q4_0 or F16", type);
        }
        if (heads < 1 || width % heads != 0) {
            throw refuse("heads", "a number that divides the width " + width, heads);
        }
        for (int inputs : new int[] {width, ffn}) {
            if (inputs % type.blockWeights() != 0) {
                throw refuse(
                        "width and ffn",
                        "multiples of %d, the block of %s".formatted(type.blockWeights(), type),
                        inputs);
            }
        }
    }

    private static AltiplanoException refuse(String key, String expected, Object found) {
        return new AltiplanoException(
                "synthetic model, %s: expected %s, found %s. Write it like %s."
                        .formatted(key, expected, found, EXAMPLE));
    }

    /** Reads {@code width=…,layers=…,heads=…/…,ffn=…,vocab=…,type=…[,experts=…]}. */
    public static SyntheticShape parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2 || !KEYS.contains(pair[0])) {
                throw refuse("'" + part.strip() + "'", "one of " + sorted(KEYS) + " with =", part);
            }
            values.put(pair[0], pair[1]);
        }
        String[] heads = value(values, "heads", "a/b").split("/", 2);
        return new SyntheticShape(
                number("width", value(values, "width", "2048")),
                number("layers", value(values, "layers", "16")),
                number("heads", heads[0]),
                number("heads", heads[heads.length - 1]),
                number("ffn", value(values, "ffn", "8192")),
                number("vocab", value(values, "vocab", "32000")),
                format(value(values, "type", "Q4_0")),
                values.containsKey("experts")
                        ? number("experts", value(values, "experts", ""))
                        : 0);
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private static String value(Map<String, String> values, String key, String example) {
        String value = values.get(key);
        if (value == null) {
            throw refuse(key, "a value such as " + example, "none");
        }
        return value;
    }

    private static int number(String key, String text) {
        if (!text.matches("[0-9]{1,8}")) {
            throw refuse(key, "a whole number", text);
        }
        return Integer.parseInt(text);
    }

    private static TensorFormat format(String text) {
        return Arrays.stream(TensorFormat.values())
                .filter(format -> format.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> refuse("type", "a type such as Q4_0 or F16", text));
    }

    /** Throws {@link AltiplanoException} if a model cannot have this shape. */
    public LlamaConfig config() {
        try {
            return new LlamaConfig(
                    experts > 0 ? Architecture.LLAMA4 : Architecture.LLAMA,
                    vocab,
                    width,
                    heads,
                    kvHeads,
                    width / heads,
                    CONTEXT_TOKENS,
                    1e-5f,
                    RopeConfig.of(500_000, width / heads, new RopeConfig.NoScaling()),
                    RotaryPairs.ADJACENT,
                    false,
                    0,
                    Optional.empty(),
                    ffn,
                    experts > 0 ? Optional.of(new Experts(experts, 1, ffn)) : Optional.empty(),
                    layerKinds(),
                    true);
        } catch (IllegalArgumentException failure) {
            throw new AltiplanoException(
                    "synthetic model: %s. Write it like %s."
                            .formatted(failure.getMessage(), EXAMPLE),
                    failure);
        }
    }

    /** About how many bytes the weights take; throws as {@link #config}. */
    public double sizeBytes() {
        LlamaConfig config = config();
        double attention = 2.0 * width * (config.queryWidth() + config.kvWidth());
        double feedForward = 3.0 * width * ffn * (experts + 1);
        double weights = (double) vocab * width + layers * (attention + feedForward);
        return weights / type.blockWeights() * type.blockBytes();
    }

    private List<Layer> layerKinds() {
        Layer[] kinds = new Layer[layers];
        for (int i = 0; i < layers; i++) {
            boolean rope = experts == 0 || (i + 1) % 4 != 0;
            kinds[i] = new Layer(rope, false, experts > 0);
        }
        return Collections.unmodifiableList(Arrays.asList(kinds));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String dense =
                "width=%d,layers=%d,heads=%d/%d,ffn=%d,vocab=%d,type=%s"
                        .formatted(width, layers, heads, kvHeads, ffn, vocab, type);
        return experts > 0 ? dense + ",experts=" + experts : dense;
    }
}
