package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch that grows during the run (Llama 3: 4M tokens at 4,096, 8M at 8,192 after 252M tokens,
 * 16M after 2.87T).
 *
 * @param phases in order; the first begins at token 0
 */
public record BatchSchedule(List<Phase> phases) {
    /** From {@code fromTokens} on, steps of {@code batchTokens} in sequences of a length. */
    public record Phase(double fromTokens, long batchTokens, long sequenceTokens) {
        public Phase {
            Checks.notNegative("first token of a phase", fromTokens);
            Checks.range("batch", batchTokens, 1, 1L << 50);
            Checks.range("sequence", sequenceTokens, 1, batchTokens);
            if (batchTokens % sequenceTokens != 0) {
                throw new IllegalArgumentException(
                        "batch %d is not a whole number of sequences of %d tokens"
                                .formatted(batchTokens, sequenceTokens));
            }
        }

        public long batchSequences() {
            return batchTokens / sequenceTokens;
        }
    }

    /** Steps that one phase takes. */
    public record PhaseSteps(Phase phase, double tokens, double steps) {}

    public BatchSchedule {
        phases = List.copyOf(phases);
        if (phases.isEmpty() || phases.getFirst().fromTokens() != 0) {
            throw new IllegalArgumentException("the first phase of a batch schedule starts at 0");
        }
        for (int i = 1; i < phases.size(); i++) {
            if (phases.get(i).fromTokens() <= phases.get(i - 1).fromTokens()) {
                throw new IllegalArgumentException(
                        "phase %d of the batch schedule does not start after the one before"
                                .formatted(i + 1));
            }
        }
    }

    /** The phases that a run of {@code tokens} tokens reaches, with their steps. */
    public List<PhaseSteps> steps(double tokens) {
        List<PhaseSteps> result = new ArrayList<>();
        for (int i = 0; i < phases.size() && phases.get(i).fromTokens() < tokens; i++) {
            Phase phase = phases.get(i);
            double end = i + 1 < phases.size() ? phases.get(i + 1).fromTokens() : tokens;
            double count = Math.min(end, tokens) - phase.fromTokens();
            result.add(new PhaseSteps(phase, count, count / phase.batchTokens()));
        }
        return result;
    }
}
