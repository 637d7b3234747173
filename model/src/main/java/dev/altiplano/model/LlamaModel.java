package dev.altiplano.model;

import dev.altiplano.compute.Kernels;
import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.compute.WorkerTeam;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import dev.altiplano.model.file.ModelFile;
import dev.altiplano.model.file.SafetensorsFile;
import dev.altiplano.model.file.SafetensorsFolder;
import dev.altiplano.model.llama.LlamaConfig;
import dev.altiplano.model.llama.LlamaWeights;
import dev.altiplano.model.llama.Transformer;
import dev.altiplano.model.token.Tokenizer;
import dev.altiplano.model.token.Tokenizers;
import dev.altiplano.model.vision.VisionConfig;
import dev.altiplano.model.vision.VisionEncoder;
import dev.altiplano.model.vision.VisionWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Llama model on disk, opened: configuration, weights where they lie in the mapped file, and the
 * tokenizer if the file has one. Safe for many threads; {@link #close} unmaps the weights, so
 * nobody may compute with them any more.
 */
public final class LlamaModel implements AutoCloseable {
    private static final String TOKENIZER_JSON = "tokenizer.json";

    private final ModelFile file;
    private final String name;
    private final LlamaConfig config;
    private final LlamaWeights weights;
    private final Object tokenizerLock = new Object();
    private @Nullable Tokenizer tokenizer;

    private LlamaModel(ModelFile file, String name, LlamaConfig config, LlamaWeights weights) {
        this.file = file;
        this.name = name;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a GGUF file, a folder with {@code config.json} and safetensors, or the safetensors file
     * in such a folder; checks that every tensor is there and has the right shape.
     *
     * @throws ModelFormatException if it is not a Llama model that we can compute, saying why
     */
    public static LlamaModel open(Path path) {
        ModelFile file = ModelFile.open(modelPath(path));
        try {
            return file.reading(() -> read(file));
        } catch (RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    /** A safetensors file needs its configuration, which lies beside it. */
    private static Path modelPath(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        boolean besideConfig =
                SafetensorsFile.recognises(path)
                        && folder != null
                        && Files.exists(folder.resolve("config.json"));
        return besideConfig && folder != null ? folder : path;
    }

    private static LlamaModel read(ModelFile file) {
        return switch (file) {
            case GgufFile gguf -> {
                LlamaConfig config = LlamaConfig.of(gguf);
                String name =
                        gguf.metadata()
                                .string("general.name")
                                .orElseGet(() -> fileName(file.path()));
                yield new LlamaModel(file, name, config, LlamaWeights.of(gguf, config));
            }
            case SafetensorsFolder folder -> {
                LlamaConfig config = LlamaConfig.of(folder);
                String name = fileName(file.path());
                yield new LlamaModel(file, name, config, LlamaWeights.of(folder, config));
            }
            case SafetensorsFile single ->
                    throw new ModelFormatException(
                            "%s: expected config.json beside it, found none. Give the model's folder."
                                    .formatted(single.path()));
        };
    }

    private static String fileName(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    public LlamaConfig config() {
        return config;
    }

    public LlamaWeights weights() {
        return weights;
    }

    public ModelFile file() {
        return file;
    }

    /** What the file calls itself, or its own name. */
    public String name() {
        return name;
    }

    /** Weights of all tensors together. */
    public long parameters() {
        return file.tensors().stream().mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    /** Bytes of all tensors together. */
    public long sizeBytes() {
        return file.tensors().stream().map(Tensor::bytes).mapToLong(b -> b.byteSize()).sum();
    }

    /**
     * The tokenizer, read when it is first asked for; empty if the model comes without one.
     *
     * @throws ModelFormatException if it has one that is bad or not ours
     */
    public Optional<Tokenizer> tokenizer() {
        synchronized (tokenizerLock) {
            if (tokenizer == null) {
                tokenizer = readTokenizer();
            }
            return Optional.ofNullable(tokenizer);
        }
    }

    private @Nullable Tokenizer readTokenizer() {
        return switch (file) {
            case GgufFile gguf when hasTokenizer(gguf.metadata()) -> Tokenizers.fromGguf(gguf);
            case SafetensorsFolder folder when folder.file(TOKENIZER_JSON).isPresent() ->
                    readTokenizerOf(folder.path());
            default -> null;
        };
    }

    /** Files that were made without one say so with the model {@code no_vocab}. */
    private static boolean hasTokenizer(GgufMetadata metadata) {
        Optional<String> model = metadata.string("tokenizer.ggml.model");
        return model.isPresent() && !model.get().equals("no_vocab");
    }

    private static Tokenizer readTokenizerOf(Path folder) {
        try {
            return Tokenizers.fromFolder(folder);
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(folder.resolve(TOKENIZER_JSON), failure);
        }
    }

    /**
     * A forward pass over these weights, with buffers of its own for batches of at most {@code
     * batchTokensMax} tokens. The model must stay open while it is used.
     */
    public Transformer newTransformer(Kernels kernels, WorkerTeam workers, int batchTokensMax) {
        return new Transformer(
                config, weights, kernels, workers, batchTokensMax, file::requireIntact);
    }

    /**
     * An image encoder over this model's weights; empty if it reads text alone. The model must stay
     * open while it is used.
     *
     * @throws ModelFormatException if it has one that is incomplete or that we cannot compute
     */
    public Optional<VisionEncoder> newVisionEncoder(Kernels kernels, WorkerTeam workers) {
        if (!(file instanceof SafetensorsFolder folder)) {
            return Optional.empty();
        }
        return VisionConfig.of(folder)
                .map(
                        vision ->
                                new VisionEncoder(
                                        vision,
                                        file.reading(() -> VisionWeights.of(folder, vision)),
                                        kernels,
                                        workers,
                                        file::requireIntact));
    }

    @Override
    public void close() {
        file.close();
    }
}
