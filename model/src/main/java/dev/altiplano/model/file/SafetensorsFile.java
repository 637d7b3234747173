package dev.altiplano.model.file;

import dev.altiplano.compute.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One safetensors file. */
public final class SafetensorsFile implements ModelFile {
    private final MappedFile file;
    private final Map<String, String> metadata;
    private final TensorTable tensors;

    private SafetensorsFile(MappedFile file, SafetensorsReader.Header header) {
        this.file = file;
        this.metadata = header.metadata();
        this.tensors = new TensorTable(file.name(), header.tensors());
    }

    /**
     * Maps the file and checks its header. Throws {@link
     * dev.altiplano.compute.ModelFormatException}.
     */
    public static SafetensorsFile open(Path path) {
        MappedFile file = MappedFile.open(path);
        try {
            return new SafetensorsFile(file, SafetensorsReader.read(file));
        } catch (RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    @Override
    public Path path() {
        return file.path();
    }

    /** What its writer says of the file, such as {@code format} = {@code pt}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
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
        return file.sizeBytes();
    }

    @Override
    public void requireIntact() {
        file.requireIntact();
    }

    @Override
    public void close() {
        file.close();
    }
}
