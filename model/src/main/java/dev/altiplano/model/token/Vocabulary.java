package dev.altiplano.model.token;

import dev.altiplano.compute.ModelFormatException;
import java.util.Arrays;

/**
 * The tokens of a model by id, and the id of a token by its bytes.
 *
 * <p>All bytes lie in one array, and the ids of {@link TokenKind#NORMAL} and {@link
 * TokenKind#USER_DEFINED} tokens in a hash table of ints with open addressing, so that 200,000
 * tokens take a few megabytes. A slot holds an id in its low bits and, above it, bits of the hash,
 * which spare most comparisons of bytes that differ.
 *
 * <p>Immutable, safe for many threads.
 */
final class Vocabulary {
    /** More tokens than any model has, and fewer than would fill the heap. */
    static final int TOKENS_MAX = 1 << 21;

    /** The longest token of Llama 3 has 128 bytes. */
    static final int TOKEN_BYTES_MAX = 1 << 16;

    private static final int BYTES_MAX = 1 << 28;
    private static final int EMPTY = -1;

    private final byte[] bytes;
    private final int[] ends;
    private final TokenKind[] kinds;
    private final int[] slots;
    private final int idMask;

    private Vocabulary(Builder builder) {
        bytes = Arrays.copyOf(builder.bytes, builder.byteCount + Utf8.PADDING_BYTES);
        ends = Arrays.copyOf(builder.ends, builder.size);
        kinds = Arrays.copyOf(builder.kinds, builder.size);
        // Not size - 1, so that no slot in use has all bits set.
        idMask = (Integer.highestOneBit(Math.max(1, ends.length)) << 1) - 1;
        slots = new int[Integer.highestOneBit(Math.max(1, ends.length)) << 2];
        Arrays.fill(slots, EMPTY);
        for (int id = 0; id < ends.length; id++) {
            int twin = kinds[id] == TokenKind.NORMAL ? insert(id) : id;
            if (twin != id) {
                throw new ModelFormatException(
                        "%s: expected every token once, found tokens %d and %d both '%s'. Convert the model again."
                                .formatted(builder.source, twin, id, PieceText.of(bytes(id))));
            }
        }
        for (int id = 0; id < ends.length; id++) {
            if (kinds[id] == TokenKind.USER_DEFINED) {
                insert(id);
            }
        }
    }

    /** The id that stands in the table for the bytes of {@code id}: itself unless it has a twin. */
    private int insert(int id) {
        int start = start(id);
        long hash = Utf8.hash(bytes, start, ends[id]);
        int twin = find(bytes, start, ends[id], hash);
        if (twin >= 0) {
            return twin;
        }
        int slot = (int) hash & slots.length - 1;
        while (slots[slot] != EMPTY) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = tag(hash) | id;
        return id;
    }

    int size() {
        return ends.length;
    }

    TokenKind kind(int id) {
        return kinds[id];
    }

    /** The bytes of a token, the caller's own copy. */
    byte[] bytes(int id) {
        return Arrays.copyOfRange(bytes, start(id), ends[id]);
    }

    int length(int id) {
        return ends[id] - start(id);
    }

    /** The id of the normal or user-defined token with these bytes of a padded array, or -1. */
    int find(byte[] text, int start, int end) {
        return find(text, start, end, Utf8.hash(text, start, end));
    }

    /** As above; {@code hash} is {@link Utf8#hash} of the bytes. */
    int find(byte[] text, int start, int end, long hash) {
        int length = end - start;
        int tag = tag(hash);
        for (int slot = (int) hash & slots.length - 1;
                slots[slot] != EMPTY;
                slot = slot + 1 & slots.length - 1) {
            if ((slots[slot] & ~idMask) == tag) {
                int id = slots[slot] & idMask;
                int tokenStart = start(id);
                if (ends[id] - tokenStart == length
                        && Utf8.equal(bytes, tokenStart, text, start, length)) {
                    return id;
                }
            }
        }
        return EMPTY;
    }

    /** The bits of the hash that a slot keeps; they are others than those that choose the slot. */
    private int tag(long hash) {
        return (int) (hash >>> 32) & ~idMask;
    }

    private int start(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    /** Collects tokens in the order of their ids; {@code source} is the file, for messages. */
    static final class Builder {
        private final String source;
        private byte[] bytes;
        private int byteCount;
        private int[] ends;
        private TokenKind[] kinds;
        private int size;

        Builder(String source, int expectedSize) {
            this.source = source;
            int capacity = Math.clamp(expectedSize, 16, TOKENS_MAX);
            this.bytes = new byte[capacity * 8];
            this.ends = new int[capacity];
            this.kinds = new TokenKind[capacity];
        }

        int size() {
            return size;
        }

        /** Gives the next id to {@code token}. */
        Builder add(byte[] token, TokenKind kind) {
            return add(token, token.length, kind);
        }

        /** Gives the next id to the first {@code length} bytes of {@code token}. */
        Builder add(byte[] token, int length, TokenKind kind) {
            checkRoom(length, kind);
            if (byteCount + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(byteCount + length, bytes.length * 2));
            }
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, size * 2);
                kinds = Arrays.copyOf(kinds, size * 2);
            }
            System.arraycopy(token, 0, bytes, byteCount, length);
            byteCount += length;
            ends[size] = byteCount;
            kinds[size] = kind;
            size++;
            return this;
        }

        private void checkRoom(int length, TokenKind kind) {
            boolean isEmpty = length == 0 && kind == TokenKind.NORMAL;
            if (isEmpty || length > TOKEN_BYTES_MAX) {
                throw new ModelFormatException(
                        "%s, token %d: expected 1 to %d bytes, found %d. Convert the model again."
                                .formatted(source, size, TOKEN_BYTES_MAX, length));
            }
            if (size == TOKENS_MAX || byteCount > BYTES_MAX - length) {
                throw new ModelFormatException(
                        "%s: expected at most %d tokens of together %d bytes, found more. Convert the model again."
                                .formatted(source, TOKENS_MAX, BYTES_MAX));
            }
        }

        Vocabulary build() {
            return new Vocabulary(this);
        }
    }
}
