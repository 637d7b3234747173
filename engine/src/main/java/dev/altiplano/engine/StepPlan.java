package dev.altiplano.engine;

import dev.altiplano.model.llama.Batch.LogitsFor;
import java.util.ArrayList;
import java.util.List;

/**
 * What one step computes: for each sequence the next tokens that its KV cache does not have yet.
 * Made once and filled again for every step. Owned by the step thread.
 */
final class StepPlan {
    /** {@code tokens} tokens of {@code sequence}, from the first that is not computed yet. */
    record Run(Sequence sequence, int tokens, LogitsFor logits) {
        int logitsRows() {
            return switch (logits) {
                case NONE -> 0;
                case LAST -> 1;
                case ALL -> tokens;
            };
        }
    }

    private final List<Run> runs = new ArrayList<>();
    private int tokens;

    void clear() {
        runs.clear();
        tokens = 0;
    }

    void add(Run run) {
        runs.add(run);
        tokens += run.tokens();
    }

    List<Run> runs() {
        return runs;
    }

    int tokens() {
        return tokens;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
