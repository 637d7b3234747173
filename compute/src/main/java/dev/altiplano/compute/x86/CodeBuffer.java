package dev.altiplano.compute.x86;

import java.util.Arrays;

/** Bytes of machine code as they grow. */
final class CodeBuffer {
    /** Far more than any kernel; a loop in a generator ends here. */
    private static final int BYTES_MAX = 1 << 20;

    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == BYTES_MAX) {
            throw new IllegalStateException(
                    "expected a kernel of at most %d bytes".formatted(BYTES_MAX));
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
    }

    void addInt(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            add(value >> shift);
        }
    }

    void addLong(long value) {
        addInt((int) value);
        addInt((int) (value >> Integer.SIZE));
    }

    void setInt(int offset, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[offset + i] = (byte) (value >> (i * Byte.SIZE));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
