package dev.altiplano.model.token;

import java.util.Arrays;

/** A growing list of token ids, without boxes. Not safe for many threads. */
final class IntList {
    private int[] values;
    private int size;

    IntList(int expectedSize) {
        values = new int[Math.max(16, expectedSize)];
    }

    void add(int value) {
        if (size == values.length) {
            grow(1);
        }
        values[size++] = value;
    }

    void addAll(int[] added) {
        if (added.length > values.length - size) {
            grow(added.length);
        }
        System.arraycopy(added, 0, values, size, added.length);
        size += added.length;
    }

    private void grow(int added) {
        values = Arrays.copyOf(values, Math.max(Math.addExact(size, added), size + (size >> 1)));
    }

    int size() {
        return size;
    }

    /** The values from {@code start} on. */
    int[] from(int start) {
        return Arrays.copyOfRange(values, start, size);
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
