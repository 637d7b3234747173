package dev.altiplano.model.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.altiplano.compute.ModelFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the head of a GGUF file from front to back. No length or count is believed before it is
 * held against what is left of the file; every error names the byte.
 */
final class GgufCursor {
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final MappedFile file;
    private final MemorySegment bytes;
    private long at;

    GgufCursor(MappedFile file) {
        this.file = file;
        this.bytes = file.bytes();
    }

    long at() {
        return at;
    }

    long left() {
        return bytes.byteSize() - at;
    }

    int u32(String what) {
        requireLeft(Integer.BYTES, what);
        int value = bytes.get(U32, at);
        at += Integer.BYTES;
        return value;
    }

    long u64(String what) {
        requireLeft(Long.BYTES, what);
        long value = bytes.get(U64, at);
        at += Long.BYTES;
        return value;
    }

    /**
     * A u64 that counts things of at least {@code bytesEach} bytes, of which {@code max} may be.
     */
    long count(String what, long bytesEach, long max) {
        long start = at;
        long count = u64(what);
        long room = left() / bytesEach;
        if (count < 0 || count > Math.min(room, max)) {
            throw failure(
                    start,
                    "%s of at most %s"
                            .formatted(
                                    what,
                                    room < max
                                            ? room + ", for which there is room in the file"
                                            : Long.toString(max)),
                    Long.toUnsignedString(count));
        }
        return count;
    }

    /** Moves over a string of at most {@code bytesMax}; returns where it began. */
    long skipString(String what, long bytesMax) {
        long start = at;
        long length = count("a length of " + what, 1, bytesMax);
        at += length;
        return start;
    }

    /** Moves over {@code count} strings; a vocabulary has 200,000, so no message is made ahead. */
    void skipStrings(long count, String what, long bytesMax) {
        for (long i = 0; i < count; i++) {
            long room = left() - Long.BYTES;
            long length = room < 0 ? -1 : bytes.get(U64, at);
            if (length < 0 || length > bytesMax || length > room) {
                skipString(what, bytesMax); // throws
            }
            at += Long.BYTES + length;
        }
    }

    String string(String what, long bytesMax) {
        return string(skipString(what, bytesMax), what);
    }

    /** The string whose length stands at {@code offset}, which was checked before. */
    String string(long offset, String what) {
        byte[] utf8 = new byte[Math.toIntExact(bytes.get(U64, offset))];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset + 8, utf8, 0, utf8.length);
        String text = new String(utf8, StandardCharsets.UTF_8);
        // The replacement character stands for broken bytes, unless the text itself holds it.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(text, utf8)) {
            throw failure(offset + 8, what + " in UTF-8", "bytes that are not");
        }
        return text;
    }

    private static boolean isUtf8(String decoded, byte[] bytes) {
        return Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), bytes);
    }

    void skip(long length, String what) {
        requireLeft(length, what);
        at += length;
    }

    private void requireLeft(long length, String what) {
        if (length > left()) {
            throw failure(at, "%d bytes of %s".formatted(length, what), left() + " left");
        }
    }

    ModelFormatException failure(long offset, String expected, String found) {
        return failure(file, offset, expected, found);
    }

    static ModelFormatException failure(
            MappedFile file, long offset, String expected, String found) {
        return new ModelFormatException(
                "%s, byte %d: expected %s, found %s. Download or convert the file again."
                        .formatted(file.name(), offset, expected, found));
    }
}
