package dev.altiplano.model.token;

import java.util.Arrays;

/**
 * A map from two non-negative ints to a non-negative long: a hash table with open addressing,
 * without boxes. Safe for many threads once it is filled.
 */
final class PairTable {
    static final long MISSING = -1;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys;
    private long[] values;
    private int size;

    PairTable(int expectedSize) {
        int capacity = Integer.highestOneBit(Math.max(8, expectedSize / 3 * 4)) << 1;
        keys = new long[capacity];
        values = new long[capacity];
        Arrays.fill(keys, MISSING);
    }

    /** The value of the pair, or {@link #MISSING}. */
    long get(int left, int right) {
        long key = key(left, right);
        int slot = slot(key);
        return keys[slot] == key ? values[slot] : MISSING;
    }

    /** Puts a value in where there is none; false, and no change, where there is one. */
    boolean putIfMissing(int left, int right, long value) {
        assert left >= 0 && right >= 0 && value >= 0;
        long key = key(left, right);
        int slot = slot(key);
        if (keys[slot] == key) {
            return false;
        }
        keys[slot] = key;
        values[slot] = value;
        size++;
        if (size > keys.length / 4 * 3) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        Arrays.fill(keys, MISSING);
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != MISSING) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    /** The slot that holds {@code key}, or the free one where it belongs. */
    private int slot(long key) {
        long product = key * MIX;
        int slot = (int) (product >>> 32) & keys.length - 1;
        while (keys[slot] != key && keys[slot] != MISSING) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }
}
