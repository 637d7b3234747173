package dev.altiplano.engine;

import dev.altiplano.compute.Projection;
import dev.altiplano.compute.Shape;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.TensorLocation;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaWeights;
import dev.altiplano.model.llama.LlamaWeights.FeedForward;
import dev.altiplano.model.llama.LlamaWeights.MixtureOfExperts;
import dev.altiplano.model.llama.LlamaWeights.SwiGlu;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random weights of one shape, off the heap. Every block is valid: a pool of blocks is quantised
 * from numbers of mean 0 and deviation {@code 1 / sqrt(inputs)}, and tensors are cut from the pool
 * at random places. So activations keep their size from layer to layer, and a billion weights take
 * about as long as writing their bytes. The same bytes each time.
 */
final class SyntheticWeights implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final LlamaWeights weights;
    private final List<Tensor> tensors;

    /** Takes the memory until {@link #close}. */
    SyntheticWeights(SyntheticShape shape) {
        try {
            Maker maker = new Maker(shape, arena);
            weights = maker.weights();
            tensors = List.copyOf(maker.tensors);
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    LlamaWeights weights() {
        return weights;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Makes tensor after tensor. */
    private static final class Maker {
        private static final int POOL_WEIGHTS = 1 << 19;
        private static final long ALIGNMENT_BYTES = 64;

        private final LlamaConfig config;
        private final TensorFormat format;
        private final Arena arena;
        private final SplittableRandom random = new SplittableRandom(1);
        private final List<Tensor> tensors = new ArrayList<>();
        private final Map<Integer, MemorySegment> poolOfInputs = new HashMap<>();

        Maker(SyntheticShape shape, Arena arena) {
            this.config = shape.config();
            this.format = shape.type();
            this.arena = arena;
        }

        LlamaWeights weights() {
            Tensor embedding =
                    tensor("token_embd", format, config.vocabularySize(), config.hiddenSize());
            List<LlamaWeights.Layer> layers = new ArrayList<>();
            for (LlamaConfig.Layer kind : config.layers()) {
                layers.add(layer(kind));
            }
            return new LlamaWeights(embedding, layers, norm(), Projection.of(embedding));
        }

        private LlamaWeights.Layer layer(LlamaConfig.Layer kind) {
            return new LlamaWeights.Layer(
                    norm(),
                    List.of(
                            projection("attn_q", config.queryWidth(), config.hiddenSize()),
                            projection("attn_k", config.kvWidth(), config.hiddenSize()),
                            projection("attn_v", config.kvWidth(), config.hiddenSize())),
                    projection("attn_output", config.hiddenSize(), config.queryWidth()),
                    norm(),
                    feedForward(kind));
        }

        private float[] norm() {
            float[] ones = new float[config.hiddenSize()];
            Arrays.fill(ones, 1);
            return ones;
        }

        private FeedForward feedForward(LlamaConfig.Layer kind) {
            if (!kind.moe()) {
                return swiGlu(config.denseWidth());
            }
            LlamaConfig.Experts experts = config.experts().orElseThrow();
            List<SwiGlu> swiGlus = new ArrayList<>();
            for (int i = 0; i < experts.count(); i++) {
                swiGlus.add(swiGlu(experts.width()));
            }
            // Routers are stored in F32 by everyone: they are small and decide much.
            Tensor router =
                    tensor("ffn_gate_inp", TensorFormat.F32, experts.count(), config.hiddenSize());
            return new MixtureOfExperts(Projection.of(router), swiGlus, swiGlu(experts.width()));
        }

        private SwiGlu swiGlu(int width) {
            return new SwiGlu(
                    List.of(
                            projection("ffn_gate", width, config.hiddenSize()),
                            projection("ffn_up", width, config.hiddenSize())),
                    projection("ffn_down", config.hiddenSize(), width));
        }

        private Projection projection(String name, int outputs, int inputs) {
            return Projection.of(tensor(name, format, outputs, inputs));
        }

        /** A matrix [outputs, inputs]. */
        private Tensor tensor(String name, TensorFormat format, int outputs, int inputs) {
            Shape shape = Shape.of(outputs, inputs);
            MemorySegment bytes =
                    arena.allocate(format.sizeBytes(shape.elements()), ALIGNMENT_BYTES);
            fill(bytes, format, inputs);
            Tensor tensor =
                    new Tensor(
                            new TensorLocation(Path.of("synthetic"), name, 0),
                            format,
                            shape,
                            bytes);
            tensors.add(tensor);
            return tensor;
        }

        private void fill(MemorySegment target, TensorFormat format, int inputs) {
            MemorySegment pool =
                    format == this.format
                            ? poolOfInputs.computeIfAbsent(inputs, n -> pool(format, n))
                            : pool(format, inputs);
            int poolBlocks = (int) (pool.byteSize() / format.blockBytes());
            for (long at = 0; at < target.byteSize(); ) {
                // Runs of at least half the pool: long enough to copy fast, never the same rows.
                long from = (long) random.nextInt(poolBlocks / 2) * format.blockBytes();
                long length = Math.min(pool.byteSize() - from, target.byteSize() - at);
                MemorySegment.copy(pool, from, target, at, length);
                at += length;
            }
        }

        private MemorySegment pool(TensorFormat format, int inputs) {
            float[] values = new float[POOL_WEIGHTS];
            double deviation = 1 / Math.sqrt(inputs);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
            MemorySegment pool = arena.allocate(format.sizeBytes(values.length), ALIGNMENT_BYTES);
            format.encoder().orElseThrow().encode(values, 0, pool, 0, values.length);
            return pool;
        }
    }
}
