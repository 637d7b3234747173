package dev.altiplano.model.json;

import dev.altiplano.compute.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings a JSON file into memory outside the heap, which is freed when nobody uses it any more. */
final class JsonSource {
    private JsonSource() {}

    static MemorySegment read(Path file, long bytesMax) {
        ModelFormatException.requireRegularFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > bytesMax) {
                throw new ModelFormatException(
                        "%s: expected at most %d bytes of JSON, found %d. Is this the right file?"
                                .formatted(file.getFileName(), bytesMax, size));
            }
            MemorySegment bytes = Arena.ofAuto().allocate(size);
            ByteBuffer target = bytes.asByteBuffer();
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new ModelFormatException(
                            "%s: expected %d bytes, found %d: the file became shorter while it was"
                                            .formatted(file.getFileName(), size, target.position())
                                    + " read. Try again when nobody writes it.");
                }
            }
            return bytes.asReadOnly();
        } catch (IOException failure) {
            throw ModelFormatException.unreadable(file, failure);
        }
    }
}
