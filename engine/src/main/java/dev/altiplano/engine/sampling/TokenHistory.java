package dev.altiplano.engine.sampling;

import java.util.Arrays;
import java.util.Objects;

/** The ids of one sequence, prompt and answer, in order. Owned by the step thread. */
public final class TokenHistory {
    private int[] ids;
    private int size;

    public TokenHistory(int[] promptIds) {
        ids = promptIds.clone();
        size = promptIds.length;
    }

    public void append(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(16, size + (size >> 1)));
        }
        ids[size++] = id;
    }

    public int size() {
        return size;
    }

    public int id(int position) {
        return ids[Objects.checkIndex(position, size)];
    }

    /** All ids, and unused room from {@link #size} on; not to be changed. */
    public int[] ids() {
        return ids;
    }

    /** Where the last {@code count} ids begin; -1 means all of them. */
    int startOfLast(int count) {
        return count < 0 ? 0 : Math.max(0, size - count);
    }
}
