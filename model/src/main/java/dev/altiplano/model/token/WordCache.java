package dev.altiplano.model.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ids of words met before: text repeats its words, and merging is by far the slowest step. Each
 * word has one slot, and a newcomer takes it over; so the cache is bounded and never needs
 * cleaning.
 *
 * <p>Safe for many threads without locks: a slot is one reference to a record whose fields are
 * final, so a thread sees a whole word or none. A lost write costs a merge, no more.
 */
final class WordCache {
    /** Longer words are rare and would fill memory. */
    static final int WORD_BYTES_MAX = 48;

    private static final int SLOTS = 1 << 14;

    @SuppressWarnings("ArrayRecordComponent") // Never compared as records; nobody writes to them.
    private record Word(byte[] bytes, int[] ids) {}

    private final @Nullable Word[] slots = new Word[SLOTS];

    /** The ids of the word, to be read only, or null. {@code hash} is {@link Utf8#hash} of it. */
    int @Nullable [] find(byte[] text, int start, int end, long hash) {
        Word word = slots[slot(hash)];
        return word != null && Arrays.equals(word.bytes, 0, word.bytes.length, text, start, end)
                ? word.ids
                : null;
    }

    /** Keeps {@code ids}, which nobody changes from now on. */
    void put(byte[] text, int start, int end, long hash, int[] ids) {
        slots[slot(hash)] = new Word(Arrays.copyOfRange(text, start, end), ids);
    }

    private static int slot(long hash) {
        return (int) (hash >>> 32) & SLOTS - 1;
    }
}
