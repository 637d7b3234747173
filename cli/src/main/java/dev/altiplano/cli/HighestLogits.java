package dev.altiplano.cli;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Finds the ids with the highest logits without sorting a whole vocabulary. */
final class HighestLogits {
    private HighestLogits() {}

    /** At most {@code count} ids, best first; of equals the lower id. */
    static int[] of(float[] logits, int count) {
        int most = Math.min(count, logits.length);
        Comparator<Integer> worstFirst =
                Comparator.<Integer>comparingDouble(id -> logits[id])
                        .thenComparing(Comparator.reverseOrder());
        PriorityQueue<Integer> kept = new PriorityQueue<>(Math.max(1, most), worstFirst);
        for (int id = 0; id < logits.length && most > 0; id++) {
            if (kept.size() < most) {
                kept.add(id);
            } else if (logits[id] > logits[kept.element()]) {
                kept.remove();
                kept.add(id);
            }
        }
        return kept.stream().sorted(worstFirst.reversed()).mapToInt(id -> id).toArray();
    }
}
