package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import dev.altiplano.model.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as Hugging Face stores it: {@code config.json}, the weights in {@code model.safetensors}
 * or in the shards that {@code model.safetensors.index.json} names, and files for the tokenizer.
 */
public final class SafetensorsFolder implements ModelFile {
    private static final String SINGLE = "model.safetensors";
    private static final String CONFIG = "config.json";
    private static final long CONFIG_BYTES_MAX = 16L << 20;

    private final Path folder;
    private final Optional<Json.Obj> config;
    private final List<SafetensorsFile> files;
    private final TensorTable tensors;

    private SafetensorsFolder(
            Path folder,
            Optional<Json.Obj> config,
            List<SafetensorsFile> files,
            List<Tensor> tensors) {
        this.folder = folder;
        this.config = config;
        this.files = files;
        this.tensors = new TensorTable(String.valueOf(folder.getFileName()), tensors);
    }

    /**
     * Reads the configuration, maps all files and checks their headers. Throws {@link
     * ModelFormatException}.
     */
    public static SafetensorsFolder open(Path folder) {
        Optional<Json.Obj> config = readConfig(folder);
        if (Files.exists(folder.resolve(SINGLE))) {
            return openSingle(folder, config);
        }
        if (Files.exists(folder.resolve(SafetensorsIndex.NAME))) {
            return openShards(folder, config);
        }
        throw new ModelFormatException(
                "%s: expected %s or %s in the folder, found neither. Download the model again."
                        .formatted(folder, SINGLE, SafetensorsIndex.NAME));
    }

    private static Optional<Json.Obj> readConfig(Path folder) {
        Path file = folder.resolve(CONFIG);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Json json = Json.read(file, CONFIG_BYTES_MAX);
        if (json instanceof Json.Obj object) {
            return Optional.of(object);
        }
        throw new ModelFormatException(
                "%s: expected a JSON object, found another value. Download the file again."
                        .formatted(file));
    }

    private static SafetensorsFolder openSingle(Path folder, Optional<Json.Obj> config) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(SINGLE));
        return new SafetensorsFolder(folder, config, List.of(file), file.tensors());
    }

    private static SafetensorsFolder openShards(Path folder, Optional<Json.Obj> config) {
        SafetensorsIndex index = SafetensorsIndex.read(folder);
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        try {
            for (String shard : index.requireShards()) {
                shards.put(shard, SafetensorsFile.open(folder.resolve(shard)));
            }
            List<Tensor> tensors = index.requireTensors(shards);
            return new SafetensorsFolder(folder, config, new ArrayList<>(shards.values()), tensors);
        } catch (RuntimeException | Error failure) {
            shards.values().forEach(SafetensorsFile::close);
            throw failure;
        }
    }

    @Override
    public Path path() {
        return folder;
    }

    /** {@code config.json}; throws {@link ModelFormatException} if the folder has none. */
    public Json.Obj config() {
        return config.orElseThrow(
                () ->
                        new ModelFormatException(
                                "%s: expected %s in the folder, found none. Download the model again."
                                        .formatted(folder, CONFIG)));
    }

    /** The file {@code name} in the folder, such as {@code tokenizer.json}, if it is there. */
    public Optional<Path> file(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    @Override
    public List<Tensor> tensors() {
        return tensors.tensors();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return tensors.find(name);
    }

    @Override
    public Tensor require(String name) {
        return tensors.require(name);
    }

    @Override
    public long sizeBytes() {
        return files.stream().mapToLong(SafetensorsFile::sizeBytes).sum();
    }

    @Override
    public void requireIntact() {
        files.forEach(SafetensorsFile::requireIntact);
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
