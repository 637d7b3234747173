package dev.altiplano.planner.step;

import dev.altiplano.planner.quantity.Checks;

/**
 * How the model is trained, apart from the layout.
 *
 * @param sequenceTokens length s of one sequence
 * @param precision bytes per parameter
 * @param flashAttention fused attention that keeps no score matrix and skips the masked half
 * @param activations which intermediate results a layer keeps
 * @param fp8Share share of the matmul FLOPs that run in FP8
 * @param expertCapacity rows that an expert is given over the mean (capacity factor)
 * @param expertImbalance load of the fullest expert rank over the mean, χ
 * @param logitChunks pieces that the loss is computed in, 1 = whole
 * @param overlap exposed communication
 */
public record TrainingSpec(
        long sequenceTokens,
        Precision precision,
        boolean flashAttention,
        ActivationForm activations,
        double fp8Share,
        double expertCapacity,
        double expertImbalance,
        int logitChunks,
        Overlap overlap) {
    /** Assumed; band 1.05 to 2. */
    public static final double EXPERT_IMBALANCE = 1.2;

    public TrainingSpec {
        Checks.range("sequence", sequenceTokens, 1, 1L << 40);
        Checks.range("chunks of the loss", logitChunks, 1, 1 << 20);
        Checks.positive("expert capacity", expertCapacity);
        if (!(fp8Share >= 0 && fp8Share <= 1)) {
            throw new IllegalArgumentException(
                    "FP8 share %s is outside 0 to 1".formatted(fp8Share));
        }
        if (!(expertImbalance >= 1) || Double.isInfinite(expertImbalance)) {
            throw new IllegalArgumentException(
                    "expert imbalance %s is below 1".formatted(expertImbalance));
        }
    }

    /** bf16 with flash attention, lean activations and nothing hidden. */
    public static TrainingSpec of(long sequenceTokens) {
        return new TrainingSpec(
                sequenceTokens,
                Precision.MIXED,
                true,
                ActivationForm.LEAN,
                0,
                1,
                EXPERT_IMBALANCE,
                1,
                Overlap.NONE);
    }

    public TrainingSpec with(Overlap other) {
        return new TrainingSpec(
                sequenceTokens,
                precision,
                flashAttention,
                activations,
                fp8Share,
                expertCapacity,
                expertImbalance,
                logitChunks,
                other);
    }

    public TrainingSpec with(Precision other) {
        return new TrainingSpec(
                sequenceTokens,
                other,
                flashAttention,
                activations,
                fp8Share,
                expertCapacity,
                expertImbalance,
                logitChunks,
                overlap);
    }

    public TrainingSpec with(ActivationForm form, boolean flash) {
        return new TrainingSpec(
                sequenceTokens,
                precision,
                flash,
                form,
                fp8Share,
                expertCapacity,
                expertImbalance,
                logitChunks,
                overlap);
    }
}
