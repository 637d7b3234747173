package dev.altiplano.cli.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One file from the hub to disk: goes on where an earlier try stopped, tries again when the line
 * breaks, and gives the file its name only after size and SHA-256 are right.
 */
final class Download {
    private static final int TRIES_MAX = 4;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Hub hub;
    private final Progress progress;

    Download(Hub hub, Progress progress) {
        this.hub = hub;
        this.progress = progress;
    }

    /** Leaves {@code file} in {@code folder}, under its name without folders. */
    void fetch(ModelName name, RemoteFile file, Path folder) throws IOException {
        Path target = folder.resolve(file.name());
        if (Files.exists(target)) {
            return; // it was checked before it got this name
        }
        Path part = folder.resolve(file.name() + ".part");
        refuseIfDiskTooSmall(file, folder);
        receive(name, file, part);
        check(file, part, progress);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Throws {@link PullException} and deletes {@code part} if it is not what was announced. */
    static void check(RemoteFile file, Path part, Progress progress) throws IOException {
        long sizeBytes = Files.size(part);
        String found = sizeBytes + " bytes";
        String expected = file.sizeBytes() + " bytes";
        if (sizeBytes == file.sizeBytes() && file.sha256().isPresent()) {
            found = "SHA-256 " + Checksum.sha256(part, progress);
            expected = "SHA-256 " + file.sha256().get();
        }
        if (!found.equals(expected)) {
            Files.delete(part);
            throw new PullException(
                    "%s: expected %s, found %s; the download was deleted. Pull again; if it comes back, the source is not to be trusted."
                            .formatted(file.name(), expected, found));
        }
    }

    private void receive(ModelName name, RemoteFile file, Path part) throws IOException {
        progress.begin(
                "Pulling " + file.name(),
                Files.exists(part) ? Files.size(part) : 0,
                file.sizeBytes());
        try {
            for (int tries = 1; ; tries++) {
                long before = Files.exists(part) ? Files.size(part) : 0;
                try {
                    receiveFrom(name, file, part, before);
                    return;
                } catch (IOException broken) {
                    boolean moved = Files.exists(part) && Files.size(part) > before;
                    tries = moved ? 0 : tries;
                    boolean unreachable = broken instanceof ConnectException && before == 0;
                    if (unreachable
                            || tries >= TRIES_MAX
                            || Thread.currentThread().isInterrupted()) {
                        throw broken;
                    }
                }
            }
        } finally {
            progress.end();
        }
    }

    private void receiveFrom(ModelName name, RemoteFile file, Path part, long offset)
            throws IOException {
        if (offset >= file.sizeBytes() && Files.exists(part)) {
            return;
        }
        HttpResponse<InputStream> response = hub.open(name, file, offset);
        if (response.statusCode() == 416) {
            response.body().close();
            Files.delete(part);
            throw new IOException("the hub has no byte %d of %s".formatted(offset, file.name()));
        }
        boolean resumed = response.statusCode() == 206;
        long done = resumed ? offset : 0;
        StandardOpenOption mode =
                resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = response.body();
                OutputStream out =
                        Files.newOutputStream(
                                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                done += read;
                if (done > file.sizeBytes()) {
                    return; // more than announced: the check refuses it
                }
                write(out, buffer, read, part);
                progress.advance(done);
            }
        }
        if (done < file.sizeBytes()) {
            throw new IOException(
                    "the connection ended after %d of %d bytes".formatted(done, file.sizeBytes()));
        }
    }

    /** A full disk is no broken line: trying again or elsewhere would not help. */
    private static void write(OutputStream out, byte[] buffer, int length, Path part) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException failure) {
            throw new PullException(
                    "%s: expected to write to it, found: %s. Make room, then pull again to go on."
                            .formatted(part, failure.getMessage()),
                    failure);
        }
    }

    private static void refuseIfDiskTooSmall(RemoteFile file, Path folder) throws IOException {
        long freeBytes = Files.getFileStore(folder).getUsableSpace();
        Path part = folder.resolve(file.name() + ".part");
        long missingBytes = file.sizeBytes() - (Files.exists(part) ? Files.size(part) : 0);
        if (freeBytes < missingBytes) {
            throw new PullException(
                    "%s: expected %d bytes free on the disk, found %d. Make room or set ALTIPLANO_HOME."
                            .formatted(folder, missingBytes, freeBytes));
        }
    }
}
