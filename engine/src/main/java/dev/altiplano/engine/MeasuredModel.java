package dev.altiplano.engine;

import dev.altiplano.compute.KernelTier;
import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.compute.quant.KvType;
import dev.altiplano.compute.quant.TensorFormat;
import dev.altiplano.model.LlamaModel;
import dev.altiplano.model.llama.KvCache;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaWeights;
import dev.altiplano.model.llama.Transformer;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model under measurement: a transformer with its worker team, and no scheduler between it and
 * the caller. For {@link Throughput} and {@link Perplexity}. Owned by one thread; frees everything
 * when it is closed.
 */
public final class MeasuredModel implements AutoCloseable {
    private final String name;
    private final List<Tensor> tensors;
    private final LlamaWeights weights;
    private final Kernels kernels;
    private final WorkerTeam team;
    private final Transformer transformer;
    private final KvType kvType;
    private final Runnable afterClose;

    private MeasuredModel(
            String name,
            List<Tensor> tensors,
            LlamaWeights weights,
            Kernels kernels,
            WorkerTeam team,
            Transformer transformer,
            KvType kvType,
            Runnable afterClose) {
        this.name = name;
        this.tensors = List.copyOf(tensors);
        this.weights = weights;
        this.kernels = kernels;
        this.team = team;
        this.transformer = transformer;
        this.kvType = kvType;
        this.afterClose = afterClose;
    }

    /** Borrows {@code model}, which must stay open. */
    public static MeasuredModel of(LlamaModel model, MeasureOptions options) {
        Kernels kernels = kernels(options);
        WorkerTeam team = team(options);
        return new MeasuredModel(
                model.file().path().toString(),
                model.file().tensors(),
                model.weights(),
                kernels,
                team,
                model.newTransformer(kernels, team, options.batchTokens()),
                options.kvType(),
                () -> {});
    }

    /** A model of random weights in memory; no file is read. */
    public static MeasuredModel synthetic(SyntheticShape shape, MeasureOptions options) {
        Kernels kernels = kernels(options);
        SyntheticWeights synthetic = new SyntheticWeights(shape);
        WorkerTeam team = team(options);
        return new MeasuredModel(
                shape.toString(),
                synthetic.tensors(),
                synthetic.weights(),
                kernels,
                team,
                new Transformer(
                        shape.config(), synthetic.weights(), kernels, team, options.batchTokens()),
                options.kvType(),
                synthetic::close);
    }

    private static Kernels kernels(MeasureOptions options) {
        return Kernels.of(options.tier().orElseGet(KernelTier::best), options.activations());
    }

    private static WorkerTeam team(MeasureOptions options) {
        return new WorkerTeam(
                options.threads().orElseGet(Runtime.getRuntime()::availableProcessors));
    }

    /** The path of the model as it was opened, or the synthetic shape. */
    public String name() {
        return name;
    }

    /** Architecture, size and the format that most bytes are in: {@code llama 134.5M Q4_1}. */
    public String type() {
        long parameters = parameters();
        String size =
                parameters >= 1_000_000_000
                        ? String.format(Locale.ROOT, "%.2fB", parameters / 1e9)
                        : String.format(Locale.ROOT, "%.1fM", parameters / 1e6);
        String architecture = config().architecture().name().toLowerCase(Locale.ROOT);
        return architecture + " " + size + " " + mainFormat();
    }

    private TensorFormat mainFormat() {
        Map<TensorFormat, Long> bytes = new EnumMap<>(TensorFormat.class);
        for (Tensor tensor : tensors) {
            bytes.merge(tensor.format(), tensor.bytes().byteSize(), Long::sum);
        }
        return bytes.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** Weights of all tensors together. */
    public long parameters() {
        return tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    /** Bytes of all tensors together. */
    public long sizeBytes() {
        return tensors.stream().mapToLong(tensor -> tensor.bytes().byteSize()).sum();
    }

    public KernelTier tier() {
        return kernels.tier();
    }

    public KvType kvType() {
        return kvType;
    }

    public int threads() {
        return team.threads();
    }

    public int batchTokens() {
        return transformer.batchTokensMax();
    }

    public LlamaConfig config() {
        return transformer.config();
    }

    LlamaWeights weights() {
        return weights;
    }

    /** An empty KV cache for {@code tokens} positions. */
    KvCache newCache(int tokens) {
        return new KvCache(config(), kvType, tokens);
    }

    Transformer transformer() {
        return transformer;
    }

    @Override
    public void close() {
        team.close();
        kernels.close();
        afterClose.run();
    }
}
