package dev.altiplano.engine.sampling;

/**
 * Finds the k largest of many keys in order, without sorting the rest: one pass with a heap of k
 * whose root is the worst kept. Of equal keys the lower index is the better. For a vocabulary of
 * 200,000 and k = 40 nearly every key costs one comparison.
 *
 * <p>Owned by one thread.
 */
final class BestFirst {
    private final int[] heap;
    private float[] keys = {};
    private int heapSize;

    /** For at most {@code capacity} keys. */
    BestFirst(int capacity) {
        heap = new int[capacity];
    }

    /**
     * The indices of the {@code k} best of {@code keys[from]} to {@code keys[from + count - 1]},
     * relative to {@code from}, best first: in the first min(k, count) places of the result, which
     * is valid until the next call.
     */
    int[] select(float[] keys, int from, int count, int k) {
        this.keys = keys;
        heapSize = 0;
        int wanted = Math.min(k, count);
        for (int i = 0; i < count; i++) {
            if (heapSize < wanted) {
                push(from + i);
            } else if (wanted > 0 && isWorse(heap[0], from + i)) {
                heap[0] = from + i;
                siftDown(0);
            }
        }
        drainWorstLast(from);
        return heap;
    }

    private boolean isWorse(int a, int b) {
        return keys[a] < keys[b] || (keys[a] == keys[b] && a > b);
    }

    private void push(int index) {
        int child = heapSize++;
        heap[child] = index;
        while (child > 0 && isWorse(heap[child], heap[(child - 1) / 2])) {
            swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    private void siftDown(int parent) {
        int at = parent;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && isWorse(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isWorse(heap[child], heap[at])) {
                return;
            }
            swap(child, at);
            at = child;
        }
    }

    /** Moves the root, the worst left, behind the shrinking heap: the best ends up in front. */
    private void drainWorstLast(int from) {
        while (heapSize > 0) {
            heapSize--;
            swap(0, heapSize);
            siftDown(0);
            heap[heapSize] -= from;
        }
    }

    private void swap(int a, int b) {
        int index = heap[a];
        heap[a] = heap[b];
        heap[b] = index;
    }
}
