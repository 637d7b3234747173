package dev.altiplano.model.token;

import java.util.Arrays;

/** A binary heap of longs, smallest first, without boxes. Not safe for many threads. */
final class LongHeap {
    private long[] values = new long[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        int child = size++;
        while (child > 0) {
            int parent = (child - 1) >> 1;
            if (values[parent] <= value) {
                break;
            }
            values[child] = values[parent];
            child = parent;
        }
        values[child] = value;
    }

    /** Takes the smallest value out; there must be one. */
    long remove() {
        assert size > 0;
        long smallest = values[0];
        long moved = values[--size];
        int parent = 0;
        int child;
        while ((child = 2 * parent + 1) < size) {
            if (child + 1 < size && values[child + 1] < values[child]) {
                child++;
            }
            if (values[child] >= moved) {
                break;
            }
            values[parent] = values[child];
            parent = child;
        }
        values[parent] = moved;
        return smallest;
    }
}
