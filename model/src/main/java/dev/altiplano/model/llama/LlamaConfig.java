package dev.altiplano.model.llama;

import dev.altiplano.compute.RotaryPairs;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.SafetensorsFolder;
import java.util.List;
import java.util.Optional;

/**
 * The sizes and switches of one model of the Llama family, whatever file they came from. Widths are
 * in values, lengths and positions in tokens.
 *
 * @param kvHeads key and value heads of a layer; {@code heads / kvHeads} query heads share one
 * @param contextLength positions the model was made for
 * @param normEpsilon of every RMS norm, QK norm included
 * @param rotaryPairs which values of a head rotate together in this file's Q and K
 * @param qkNorm whether layers with rotary positions normalise q and k after the rotation
 * @param attentionChunk positions of an attention chunk in chunked layers; 0 if no layer is chunked
 * @param temperature how layers without rotary positions scale q; empty if they do not
 * @param denseWidth inner width of a dense feed-forward layer
 * @param experts empty if no layer has experts
 * @param layers one entry for each layer, in order
 * @param tiedEmbeddings whether the embedding is also the output matrix
 */
public record LlamaConfig(
        Architecture architecture,
        int vocabularySize,
        int hiddenSize,
        int heads,
        int kvHeads,
        int headDim,
        int contextLength,
        float normEpsilon,
        RopeConfig rope,
        RotaryPairs rotaryPairs,
        boolean qkNorm,
        int attentionChunk,
        Optional<Temperature> temperature,
        int denseWidth,
        Optional<Experts> experts,
        List<Layer> layers,
        boolean tiedEmbeddings) {

    public static final int LAYERS_MAX = 4096;
    public static final int WIDTH_MAX = 1 << 20;
    public static final int VOCABULARY_MAX = 1 << 24;
    public static final int EXPERTS_MAX = 4096;

    /** Llama 1 to 3 and what is built like them, or Llama 4. */
    public enum Architecture {
        LLAMA,
        LLAMA4
    }

    /**
     * What one layer is made of.
     *
     * @param rope whether q and k are rotated by their position; if not, the layer is called NoPE
     * @param chunked whether a query sees only its own attention chunk, rather than all history
     * @param moe whether the feed-forward part is a mixture of experts
     */
    public record Layer(boolean rope, boolean chunked, boolean moe) {}

    /**
     * Mixture of experts.
     *
     * @param count experts of a layer, beside the shared one
     * @param perToken experts that each token is sent to
     * @param width inner width of an expert and of the shared expert
     */
    public record Experts(int count, int perToken, int width) {}

    /**
     * Attention temperature of NoPE layers: q at position p is multiplied by {@code 1 + scale ·
     * ln(floor((p + 1) / floorScale) + 1)}.
     */
    public record Temperature(double floorScale, double scale) {
        public float at(int position) {
            return (float) (1 + scale * Math.log(Math.floor((position + 1.0) / floorScale) + 1));
        }
    }

    /** Throws {@link IllegalArgumentException} naming the first value that makes no sense. */
    public LlamaConfig {
        layers = List.copyOf(layers);
        within("vocabulary size", vocabularySize, 1, VOCABULARY_MAX);
        within("hidden size", hiddenSize, 1, WIDTH_MAX);
        within("attention heads", heads, 1, WIDTH_MAX);
        within("key/value heads", kvHeads, 1, heads);
        within("head dimension", headDim, 2, WIDTH_MAX / heads);
        within("context length", contextLength, 1, Integer.MAX_VALUE);
        within("layers", layers.size(), 1, LAYERS_MAX);
        within("attention chunk", attentionChunk, 0, Integer.MAX_VALUE);
        if (heads % kvHeads != 0) {
            throw refuse("attention heads", "a multiple of the %d key/value heads", kvHeads, heads);
        }
        if (headDim % 2 != 0) {
            throw refuse("head dimension", "an even number", 0, headDim);
        }
        if (!(normEpsilon >= 0 && normEpsilon < 1)) {
            throw new IllegalArgumentException(
                    "norm epsilon: expected 0 to 1, found " + normEpsilon);
        }
        if (layers.stream().anyMatch(layer -> !layer.moe())) {
            within("feed-forward width", denseWidth, 1, WIDTH_MAX);
        }
        if (layers.stream().anyMatch(Layer::moe)) {
            Experts e = experts.orElseThrow(() -> refuse("experts", "at least %d", 1, 0));
            within("experts", e.count(), 1, EXPERTS_MAX);
            within("experts per token", e.perToken(), 1, e.count());
            within("expert width", e.width(), 1, WIDTH_MAX);
        }
        if (layers.stream().anyMatch(Layer::chunked)) {
            within("attention chunk", attentionChunk, 1, Integer.MAX_VALUE);
        }
    }

    /** The configuration of a GGUF file. Throws {@code ModelFormatException}. */
    public static LlamaConfig of(GgufFile file) {
        return GgufConfigReader.read(file);
    }

    /** The configuration of a folder of Hugging Face's. Throws {@code ModelFormatException}. */
    public static LlamaConfig of(SafetensorsFolder folder) {
        return HfConfigReader.read(folder.config());
    }

    private static void within(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s: expected %d to %d, found %d".formatted(what, min, max, value));
        }
    }

    private static IllegalArgumentException refuse(
            String what, String expected, int number, int found) {
        return new IllegalArgumentException(
                "%s: expected %s, found %d".formatted(what, expected.formatted(number), found));
    }

    /** Query heads that share one key/value head. */
    public int queryGroup() {
        return heads / kvHeads;
    }

    /** The width of all query heads side by side. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** The width of all key heads side by side; the values have the same. */
    public int kvWidth() {
        return kvHeads * headDim;
    }

    /** The first position that a query at {@code position} sees in {@code layer}. */
    public int firstVisible(Layer layer, int position) {
        return layer.chunked() ? position - position % attentionChunk : 0;
    }
}
