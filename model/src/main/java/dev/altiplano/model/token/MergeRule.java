package dev.altiplano.model.token;

/**
 * Which two neighbours may become one token, and which pair goes first. Immutable, safe for many
 * threads.
 */
interface MergeRule {
    /** What {@link #merge} answers where there is no such token; every merge is smaller. */
    long NONE = Long.MAX_VALUE;

    /**
     * The merge of two neighbours as {@code rank << 32 | id}: the smallest rank goes first, and
     * {@code id} is the token that they become. Their bytes lie from {@code start} to {@code end}
     * of a padded array; an id is -1 where that part has no token by itself.
     */
    long merge(int leftId, int rightId, byte[] text, int start, int end);

    static long of(int rank, int id) {
        return (long) rank << 32 | id;
    }

    static int id(long merge) {
        return (int) merge;
    }

    static int rank(long merge) {
        return (int) (merge >>> 32);
    }
}
