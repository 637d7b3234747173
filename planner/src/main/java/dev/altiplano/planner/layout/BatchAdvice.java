package dev.altiplano.planner.layout;

import dev.altiplano.planner.step.Layout;
import java.util.Optional;

/**
 * The nearest batches that use more accelerators with the same division of the model.
 *
 * @param dp data-parallel ranks that the accelerators allow
 * @param gpus accelerators that they use
 * @param belowSequences nearest smaller batch, 0 if there is none
 * @param aboveSequences nearest larger batch
 * @param sequenceTokens tokens of a sequence
 */
public record BatchAdvice(
        long dp, long gpus, long belowSequences, long aboveSequences, long sequenceTokens) {

    /** Empty if the candidate's data-parallel degree is the largest already. */
    static Optional<BatchAdvice> of(SearchRequest request, Candidate candidate) {
        Layout layout = candidate.layout();
        long block = (long) layout.tp() * layout.cp() * layout.pp();
        long dp = request.usableGpus() / block;
        if (dp <= layout.dp()) {
            return Optional.empty();
        }
        long turn = layout.schedule().isInterleaved() ? layout.pp() : 1;
        long grain = dp * layout.micro() * turn;
        long below = candidate.batchSequences() / grain * grain;
        return Optional.of(
                new BatchAdvice(
                        dp,
                        dp * block,
                        below,
                        below + grain,
                        request.step().training().sequenceTokens()));
    }

    /** For people. */
    public String message() {
        String above = "%d sequences (%d tokens)".formatted(aboveSequences, tokens(aboveSequences));
        String choice =
                belowSequences == 0
                        ? above
                        : "%d sequences (%d tokens) or %s"
                                .formatted(belowSequences, tokens(belowSequences), above);
        return "a batch of %s would use %d GPUs with dp %d".formatted(choice, gpus, dp);
    }

    private long tokens(long sequences) {
        return sequences * sequenceTokens;
    }
}
