package dev.altiplano.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that is waited for, and that ends with this one. */
final class Child {
    private static final int MESSAGE_CHARS_MAX = 300;

    private Child() {}

    /** Why a process gave no result. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String message) {
            super(message);
        }
    }

    /**
     * What {@code command} prints; throws {@link FailedException} if it fails or takes too long.
     */
    static String run(List<String> command, Duration timeout)
            throws FailedException, InterruptedException {
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("peers-", ".out");
            err = Files.createTempFile("peers-", ".err");
            Process process = start(command, out.toFile(), err.toFile());
            int status = await(process, timeout);
            if (status != 0) {
                throw new FailedException("exit status %d: %s".formatted(status, tail(err)));
            }
            return Files.readString(out);
        } catch (IOException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()));
        } finally {
            delete(out);
            delete(err);
        }
    }

    private static Process start(List<String> command, File out, File err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        // Unpinned, spinning OpenMP threads can share one core while something else runs.
        builder.environment().putIfAbsent("OMP_PROC_BIND", "close");
        builder.environment().putIfAbsent("OMP_PLACES", "cores");
        return builder.start();
    }

    private static int await(Process process, Duration timeout)
            throws FailedException, InterruptedException {
        Thread killer = new Thread(() -> kill(process));
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new FailedException("stopped after %d s".formatted(timeout.toSeconds()));
        } finally {
            kill(process);
            forget(killer);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void forget(Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and does what it is for.
        }
    }

    /** The end of what it complained, on one line. */
    private static String tail(Path err) throws IOException {
        String text =
                new String(Files.readAllBytes(err), StandardCharsets.UTF_8)
                        .strip()
                        .replaceAll("\\s+", " ");
        return text.substring(Math.max(0, text.length() - MESSAGE_CHARS_MAX));
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
