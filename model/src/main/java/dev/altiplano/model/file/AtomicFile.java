package dev.altiplano.model.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears when it is complete: written under another name beside its place and moved
 * there by {@link #commit}. Closed before that, it leaves nothing. For one thread.
 */
final class AtomicFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(LITTLE_ENDIAN);
    private long position;

    private AtomicFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    static AtomicFile create(Path target) {
        // The move would put a file in the place of a pipe or of /dev/null.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new ModelWriteException(target, new IOException("a folder or device there"));
        }
        String unique = UUID.randomUUID().toString().substring(0, 8);
        Path part = target.resolveSibling("%s.%s.part".formatted(target.getFileName(), unique));
        try {
            FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // For the user who ends the program while it writes.
            part.toFile().deleteOnExit();
            return new AtomicFile(target, part, channel);
        } catch (IOException failure) {
            throw new ModelWriteException(target, failure);
        }
    }

    /** How many bytes were written. */
    long position() {
        return position;
    }

    void writeInt(int value) {
        reserve(Integer.BYTES);
        buffer.putInt(value);
        position += Integer.BYTES;
    }

    void writeLong(long value) {
        reserve(Long.BYTES);
        buffer.putLong(value);
        position += Long.BYTES;
    }

    void writeByte(int value) {
        reserve(1);
        buffer.put((byte) value);
        position++;
    }

    void writeShort(int value) {
        reserve(Short.BYTES);
        buffer.putShort((short) value);
        position += Short.BYTES;
    }

    /** A u64 length and UTF-8. */
    void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        write(MemorySegment.ofArray(utf8));
    }

    void writeZeros(long count) {
        for (long i = 0; i < count; i++) {
            writeByte(0);
        }
    }

    /** Copies {@code bytes}: a mapped file that has shrunk faults here, as it would elsewhere. */
    void write(MemorySegment bytes) {
        long done = 0;
        while (done < bytes.byteSize()) {
            reserve(1);
            long count = Math.min(buffer.remaining(), bytes.byteSize() - done);
            MemorySegment.copy(bytes, done, MemorySegment.ofBuffer(buffer), 0, count);
            buffer.position(buffer.position() + (int) count);
            done += count;
        }
        position += done;
    }

    private void reserve(int count) {
        if (buffer.remaining() < count) {
            flush();
        }
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException failure) {
            throw new ModelWriteException(target, failure);
        }
        buffer.clear();
    }

    /** Puts the complete file into its place, over an older one. */
    void commit() {
        flush();
        try {
            channel.force(false);
            channel.close();
            Files.move(
                    part,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new ModelWriteException(target, failure);
        }
    }

    /** Removes what was written, unless it was committed. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException failure) {
            throw new ModelWriteException(target, failure);
        }
    }
}
