package dev.altiplano.model.token;

import java.util.Arrays;

/**
 * Merges the symbols of one piece: of all pairs of neighbours the one of smallest rank, the
 * leftmost of equals, until no pair is left. This is byte-pair encoding as Sennrich et al. describe
 * it ("Neural Machine Translation of Rare Words with Subword Units", 2016, algorithm 1).
 *
 * <p>A short piece scans an array for the smallest rank. A long one keeps its pairs in a heap and
 * its symbols in a linked list, so that a million equal letters take n log n steps.
 *
 * <p>Working memory of one encoding: not safe for many threads.
 */
final class SymbolMerger {
    private static final int SCAN_SYMBOLS_MAX = 64;

    private final MergeRule rule;
    private final LongHeap heap = new LongHeap();

    private int count;
    // Symbol i has the bytes from starts[i] to starts[i + 1], but where bytes were left out, and
    // would merge with its right neighbour as merges[i] says.
    private int[] starts = new int[SCAN_SYMBOLS_MAX + 1];
    private int[] ids = new int[SCAN_SYMBOLS_MAX + 1];
    private long[] merges = new long[SCAN_SYMBOLS_MAX + 1];
    private int[] left = new int[0];
    private int[] right = new int[0];

    SymbolMerger(MergeRule rule) {
        this.rule = rule;
    }

    /** Begins a piece of at most {@code symbols} symbols. */
    void begin(int symbols) {
        count = 0;
        if (symbols + 1 > starts.length) {
            int capacity = Math.max(symbols + 1, starts.length * 2);
            starts = new int[capacity];
            ids = new int[capacity];
            merges = new long[capacity];
        }
    }

    /** Adds the next symbol; {@code id} is -1 where its bytes have no token by themselves. */
    void add(int start, int id) {
        starts[count] = start;
        ids[count] = id;
        count++;
    }

    int count() {
        return count;
    }

    int start(int symbol) {
        return starts[symbol];
    }

    int end(int symbol) {
        return starts[symbol + 1];
    }

    int id(int symbol) {
        return ids[symbol];
    }

    /** Merges what was added; the piece ends at {@code end} of a padded array. */
    void merge(byte[] text, int end) {
        starts[count] = end;
        if (count > SCAN_SYMBOLS_MAX) {
            mergeByHeap(text);
        } else {
            mergeByScan(text);
        }
    }

    private void mergeByScan(byte[] text) {
        for (int i = 0; i < count - 1; i++) {
            merges[i] = merge(text, i, i + 1, starts[i + 2]);
        }
        int best;
        while ((best = smallest()) >= 0) {
            ids[best] = MergeRule.id(merges[best]);
            int moved = count - best - 2;
            System.arraycopy(ids, best + 2, ids, best + 1, moved);
            System.arraycopy(starts, best + 2, starts, best + 1, moved + 1);
            System.arraycopy(merges, best + 2, merges, best + 1, moved);
            count--;
            if (best > 0) {
                merges[best - 1] = merge(text, best - 1, best, starts[best + 1]);
            }
            if (best < count - 1) {
                merges[best] = merge(text, best, best + 1, starts[best + 2]);
            }
        }
    }

    /** The leftmost symbol whose merge has the smallest rank, or -1. */
    private int smallest() {
        int best = -1;
        int bestRank = MergeRule.rank(MergeRule.NONE);
        for (int i = 0; i < count - 1; i++) {
            int rank = MergeRule.rank(merges[i]);
            if (rank < bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        return best;
    }

    private long merge(byte[] text, int i, int next, int end) {
        return rule.merge(ids[i], ids[next], text, starts[i], end);
    }

    private void mergeByHeap(byte[] text) {
        link();
        heap.clear();
        for (int i = 0; i < count - 1; i++) {
            offer(text, i);
        }
        while (!heap.isEmpty()) {
            long entry = heap.remove();
            int i = (int) entry;
            // An entry is stale where one of the two symbols has changed since: the pair has now
            // another rank. NONE marks a symbol that is gone.
            if (MergeRule.rank(merges[i]) == (int) (entry >>> 32) && right[i] < count) {
                int gone = right[i];
                ids[i] = MergeRule.id(merges[i]);
                merges[gone] = MergeRule.NONE;
                right[i] = right[gone];
                left[right[gone]] = i;
                offer(text, i);
                if (i > 0) {
                    offer(text, left[i]);
                }
            }
        }
        compact();
    }

    private void link() {
        if (left.length < starts.length) {
            left = new int[starts.length];
            right = new int[starts.length];
        }
        for (int i = 0; i <= count; i++) {
            left[i] = i - 1;
            right[i] = i + 1;
        }
        Arrays.fill(merges, 0, count, MergeRule.NONE);
    }

    /** Finds what symbol {@code i} would become with its right neighbour and queues that. */
    private void offer(byte[] text, int i) {
        int next = right[i];
        merges[i] = next < count ? merge(text, i, next, starts[right[next]]) : MergeRule.NONE;
        if (merges[i] != MergeRule.NONE) {
            heap.add(MergeRule.of(MergeRule.rank(merges[i]), i));
        }
    }

    private void compact() {
        int kept = 0;
        int end = starts[count];
        for (int i = 0; i < count; i = right[i]) {
            starts[kept] = starts[i];
            ids[kept] = ids[i];
            kept++;
        }
        starts[kept] = end;
        count = kept;
    }
}
