package dev.altiplano.model.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.altiplano.compute.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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

    /**
     * Whether {@code path} begins as a safetensors file does, with the size of a JSON object and
     * its brace, or at least is called like one. False for what cannot be read.
     */
    public static boolean recognises(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        byte[] head;
        try (InputStream stream = Files.newInputStream(path)) {
            head = stream.readNBytes(Long.BYTES + 1);
        } catch (IOException unreadable) {
            return false; // opening it says why
        }
        boolean gguf = head.length > 3 && new String(head, 0, 4, ISO_8859_1).equals("GGUF");
        boolean brace = head.length > Long.BYTES && head[Long.BYTES] == '{';
        boolean named = String.valueOf(path.getFileName()).endsWith(".safetensors");
        return !gguf && (brace || named);
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
