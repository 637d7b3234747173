package dev.altiplano.cli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of models. Each pulled model has a folder of its own with a file {@value #NAME_FILE}
 * that holds its name; a GGUF file that somebody put beside them is a model, too. A folder appears
 * only when its download is complete and checked.
 */
public final class ModelStore {
    static final String NAME_FILE = "altiplano-name";

    /** Downloads that are under way; never listed. */
    static final String PARTIAL = ".partial";

    private final Path folder;

    public ModelStore(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Every model, by name. */
    public List<StoredModel> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<StoredModel> models = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                describe(entry).ifPresent(models::add);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        models.sort(Comparator.comparing(StoredModel::name));
        return models;
    }

    /** The model called {@code name}, ignoring case. */
    public Optional<StoredModel> find(String name) {
        return list().stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst();
    }

    /**
     * What {@code reference} means: a path that exists, or the name of a stored model. Throws
     * {@link PullException}, which names the models there are, if it is neither.
     */
    public Path resolve(String reference) {
        Optional<StoredModel> stored = find(reference);
        if (stored.isPresent()) {
            return stored.get().path();
        }
        Path path = Path.of(reference);
        if (Files.exists(path)) {
            return path;
        }
        List<String> names = list().stream().map(StoredModel::name).toList();
        throw new PullException(
                "model '%s': expected a GGUF file, a safetensors folder or a pulled model (%s), found none. Fetch one with `altiplano pull NAME`."
                        .formatted(
                                reference,
                                names.isEmpty() ? "none yet" : String.join(", ", names)));
    }

    /** Deletes a stored model and returns what was deleted. */
    public StoredModel remove(String name) {
        StoredModel model =
                find(name)
                        .orElseThrow(
                                () ->
                                        new PullException(
                                                "model '%s': expected a name that `altiplano models` lists, found none in %s."
                                                        .formatted(name, folder)));
        deleteTree(model.removable());
        return model;
    }

    /** Where the files of a model that is being fetched gather. */
    Path partialFolder(String folderName) {
        return folder.resolve(PARTIAL).resolve(folderName);
    }

    /** Names a complete partial folder and moves it into place; an older copy makes room. */
    Path adopt(String folderName, String name) throws IOException {
        Path complete = partialFolder(folderName);
        Files.writeString(complete.resolve(NAME_FILE), name + "\n");
        Path home = folder.resolve(folderName);
        if (Files.exists(home)) {
            deleteTree(home);
        }
        Files.move(complete, home);
        return home;
    }

    private static Optional<StoredModel> describe(Path entry) throws IOException {
        String fileName = entry.getFileName().toString();
        if (Files.isRegularFile(entry) && fileName.endsWith(".gguf")) {
            String name = fileName.substring(0, fileName.length() - ".gguf".length());
            return Optional.of(model(name, entry, entry));
        }
        Path nameFile = entry.resolve(NAME_FILE);
        if (!Files.isRegularFile(nameFile)) {
            return Optional.empty();
        }
        return Optional.of(model(Files.readString(nameFile).strip(), modelPath(entry), entry));
    }

    private static StoredModel model(String name, Path path, Path removable) throws IOException {
        long sizeBytes = 0;
        try (Stream<Path> files = Files.walk(removable)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sizeBytes += Files.size(file);
            }
        }
        return new StoredModel(
                name, path, removable, sizeBytes, Files.getLastModifiedTime(removable).toInstant());
    }

    /** The first GGUF file, which for split models is the first part; else the folder itself. */
    static Path modelPath(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".gguf"))
                    .min(Comparator.naturalOrder())
                    .orElse(folder);
        }
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException alreadyGone) {
            return;
        } catch (IOException failure) {
            throw new PullException(
                    "%s: expected to delete it, found: %s. Close what uses it and try again."
                            .formatted(root, failure),
                    failure);
        }
    }
}
