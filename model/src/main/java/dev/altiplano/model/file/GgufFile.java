package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import dev.altiplano.compute.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A GGUF file, or all files of a model that was split into {@code NAME-00001-of-0000N.gguf}, opened
 * from any one of them.
 */
public final class GgufFile implements ModelFile {
    private final Path path;
    private final List<MappedFile> files;
    private final GgufReader.Head head;
    private final TensorTable tensors;

    private GgufFile(
            Path path, List<MappedFile> files, GgufReader.Head head, List<Tensor> tensors) {
        this.path = path;
        this.files = files;
        this.head = head;
        this.tensors = new TensorTable(files.getFirst().name(), tensors);
    }

    /**
     * Maps the file and its siblings and checks everything in their heads. Throws {@link
     * ModelFormatException}.
     */
    public static GgufFile open(Path path) {
        List<MappedFile> files = new ArrayList<>();
        try {
            files.add(MappedFile.open(path));
            GgufReader.Head head = GgufReader.read(files.getFirst());
            GgufSplit split = GgufSplit.of(path, head.metadata());
            if (split.count() == 1) {
                return new GgufFile(path, files, head, head.tensors());
            }
            return openSplit(path, split, files);
        } catch (RuntimeException | Error failure) {
            files.forEach(MappedFile::close);
            throw failure;
        }
    }

    private static GgufFile openSplit(Path path, GgufSplit split, List<MappedFile> files) {
        files.removeFirst().close();
        List<GgufReader.Head> heads = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Path part : split.requireParts()) {
            MappedFile file = MappedFile.open(part);
            files.add(file);
            GgufReader.Head head = GgufReader.read(file);
            split.requirePart(heads.size(), part, head.metadata());
            heads.add(head);
            tensors.addAll(head.tensors());
            TensorTable.requireCount(file.name(), tensors.size());
        }
        split.requireTensors(tensors.size());
        return new GgufFile(path, files, heads.getFirst(), tensors);
    }

    @Override
    public Path path() {
        return path;
    }

    /** The metadata of the file, or of the first one of a split model. */
    public GgufMetadata metadata() {
        return head.metadata();
    }

    /** 2 or 3. */
    public int version() {
        return head.version();
    }

    /** Each tensor begins at a multiple of so many bytes. */
    public long alignment() {
        return head.alignment();
    }

    /** How many files there are. */
    public int fileCount() {
        return files.size();
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
        return files.stream().mapToLong(MappedFile::sizeBytes).sum();
    }

    @Override
    public void requireIntact() {
        files.forEach(MappedFile::requireIntact);
    }

    @Override
    public void close() {
        files.forEach(MappedFile::close);
    }
}
