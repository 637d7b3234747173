package dev.altiplano.model.file;

import dev.altiplano.compute.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * A whole file mapped read-only, of any size. Closing it unmaps it, for all threads at once.
 *
 * <p>A file that somebody cuts short while it is mapped can no longer be read at its end: the
 * processor faults. The JVM turns that into an {@link InternalError} where the code that reads is
 * interpreted, or compiled and holds a plain access to a {@link MemorySegment}; here, {@link
 * #reading} makes it a {@link ModelFormatException}. <b>Compiled code whose only reads are loads of
 * the Vector API, and machine code, take the JVM down</b> (tried on JDK 25.0.3): so a method with
 * vector loads reads at least one scalar with {@code MemorySegment.get} itself, and who runs
 * kernels asks {@link #requireIntact} before each step.
 */
final class MappedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment bytes;

    private MappedFile(Path path, FileChannel channel, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.channel = channel;
        this.arena = arena;
        this.bytes = bytes;
    }

    /** Throws {@link ModelFormatException} if there is no such file or it cannot be mapped. */
    @SuppressWarnings("MustBeClosedChecker") // close() closes it, as does every failure here
    static MappedFile open(Path path) {
        ModelFormatException.requireRegularFile(path);
        Arena arena = Arena.ofShared();
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
                return new MappedFile(path, channel, arena, bytes);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            arena.close();
            throw ModelFormatException.unreadable(path, failure);
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    Path path() {
        return path;
    }

    /** The name without folders, as it stands in messages. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    MemorySegment bytes() {
        return bytes;
    }

    long sizeBytes() {
        return bytes.byteSize();
    }

    /** Does {@code work}; a fault because the file has shrunk becomes a ModelFormatException. */
    <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (InternalError fault) {
            requireIntact();
            throw fault;
        }
    }

    void requireIntact() {
        long size;
        try {
            size = channel.size();
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(path, failure);
        }
        if (size < bytes.byteSize()) {
            throw new ModelFormatException(
                    "%s: expected the %d bytes it had when it was opened, found %d: somebody cut it"
                                    .formatted(name(), bytes.byteSize(), size)
                            + " short. Put the file back and start again.");
        }
    }

    @Override
    public void close() {
        try (channel) {
            arena.close();
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(path, failure);
        }
    }
}
