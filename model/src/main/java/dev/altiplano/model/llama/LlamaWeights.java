package dev.altiplano.model.llama;

import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.SafetensorsFolder;
import java.util.List;
import java.util.stream.Stream;

/**
 * The weights of one model, in the shapes that {@link LlamaConfig} says; whoever made them has
 * checked that. Matrices stay in the mapped file. Letters: H hidden size, F inner width, V
 * vocabulary.
 *
 * @param embedding [V, H]
 * @param finalNorm [H]
 * @param output V outputs, H inputs; the embedding itself where it is tied
 */
@SuppressWarnings("ArrayRecordComponent") // kernels read arrays; nobody compares weights
public record LlamaWeights(
        Tensor embedding, List<Layer> layers, float[] finalNorm, Projection output) {

    public LlamaWeights {
        layers = List.copyOf(layers);
    }

    /** All projections, in the order of the pass. */
    Stream<Projection> projections() {
        return Stream.concat(layers.stream().flatMap(Layer::projections), Stream.of(output));
    }

    /** The weights of a GGUF file; throws {@code ModelFormatException} if they do not fit. */
    public static LlamaWeights of(GgufFile file, LlamaConfig config) {
        return GgufWeights.read(file, config);
    }

    /**
     * The weights of a safetensors folder; throws {@code ModelFormatException} if they do not fit.
     */
    public static LlamaWeights of(SafetensorsFolder folder, LlamaConfig config) {
        return HfWeights.read(folder, config);
    }

    /**
     * One layer.
     *
     * @param attentionNorm [H]
     * @param queryKeyValue three projections of the normed input
     * @param feedForwardNorm [H]
     */
    public record Layer(
            float[] attentionNorm,
            List<Projection> queryKeyValue,
            Projection attentionOutput,
            float[] feedForwardNorm,
            FeedForward feedForward) {

        public Layer {
            queryKeyValue = List.copyOf(queryKeyValue);
            assert queryKeyValue.size() == 3;
        }

        private Stream<Projection> projections() {
            Stream<Projection> attention =
                    Stream.concat(queryKeyValue.stream(), Stream.of(attentionOutput));
            return Stream.concat(attention, feedForward.projections());
        }
    }

    /** The second half of a layer. */
    public sealed interface FeedForward {
        /** Its projections, in the order of the pass. */
        Stream<Projection> projections();
    }

    /** {@code down( silu(gate(x)) ⊙ up(x) )}: gate and up H to F, down F to H. */
    public record SwiGlu(List<Projection> gateAndUp, Projection down) implements FeedForward {
        public SwiGlu {
            gateAndUp = List.copyOf(gateAndUp);
            assert gateAndUp.size() == 2;
        }

        int width() {
            return down.inputs();
        }

        @Override
        public Stream<Projection> projections() {
            return Stream.concat(gateAndUp.stream(), Stream.of(down));
        }
    }

    /**
     * Every token goes through {@code shared} and through the experts that {@code router} picks.
     */
    public record MixtureOfExperts(Projection router, List<SwiGlu> experts, SwiGlu shared)
            implements FeedForward {
        public MixtureOfExperts {
            experts = List.copyOf(experts);
        }

        @Override
        public Stream<Projection> projections() {
            Stream<SwiGlu> all = Stream.concat(Stream.of(shared), experts.stream());
            return Stream.concat(Stream.of(router), all.flatMap(SwiGlu::projections));
        }
    }
}
