package dev.altiplano.engine.sampling;

import java.util.function.IntFunction;

/**
 * The shortest head of an order whose weight reaches a bound. Few tokens usually have nearly all
 * the probability, so the order is made for a short head first and for a longer one only when
 * needed.
 */
final class Nucleus {
    private static final int FIRST_HEAD = 64;
    private static final int GROWTH = 8;

    private Nucleus() {}

    /**
     * Keeps the head; at least one candidate.
     *
     * @param weight what the kept ones must reach together; call {@link Candidates#weigh} before
     * @param order gives the indices of the n first candidates, in order
     */
    static void keep(Candidates candidates, double weight, IntFunction<int[]> order) {
        int head = Math.min(FIRST_HEAD, candidates.size());
        while (true) {
            int[] indices = order.apply(head);
            double reached = 0;
            for (int i = 0; i < head; i++) {
                reached += candidates.weight(indices[i]);
                if (reached >= weight) {
                    candidates.keep(indices, i + 1);
                    return;
                }
            }
            if (head == candidates.size()) {
                return;
            }
            head = Math.min(head * GROWTH, candidates.size());
        }
    }
}
