package dev.altiplano.compute;

import java.util.Optional;

/**
 * What a model computes with. Every tier gives the same numbers up to rounding, and one tier gives
 * the same bits always: an element of a result depends on its own row and its own weights, never on
 * what else is in the batch, nor on how the work is split.
 *
 * <p>Letters: T tokens, I inputs, O outputs, D values of a head, G query heads that share a KV
 * head. Arrays are row-major. Kernels have no state: safe for many threads, each with a {@link
 * Scratch} of its own. Indices are checked by whoever prepares a batch, not here.
 */
public interface Kernels {
    /**
     * The kernels of {@code tier}. Throws {@link AltiplanoException} if this process lacks them.
     */
    static Kernels of(KernelTier tier) {
        Optional<String> obstacle = tier.whyUnavailable();
        if (obstacle.isPresent()) {
            throw new AltiplanoException("kernel tier '%s': %s".formatted(tier, obstacle.get()));
        }
        return switch (tier) {
            case SCALAR -> new ScalarKernels();
            case VECTOR -> new VectorKernels();
        };
    }

    /** The fastest kernels that this process can run. */
    static Kernels best() {
        KernelTier best = KernelTier.SCALAR;
        for (KernelTier tier : KernelTier.values()) {
            if (tier.whyUnavailable().isEmpty()) {
                best = tier;
            }
        }
        return of(best);
    }

    KernelTier tier();

    /** Memory for one worker; no projection may have more than {@code inputsMax} inputs. */
    Scratch newScratch(int inputsMax);

    /**
     * {@code out[t, o] = Σ_i W[o, i] · x[t, i]} for the outputs {@code fromOutput} (inclusive) to
     * {@code toOutput} (exclusive). The sum over i has one fixed order.
     *
     * @param x [T, I]
     * @param out [T, O]; the outputs outside the range are not touched
     */
    void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            float[] x,
            int tokens,
            float[] out,
            Scratch scratch);

    /**
     * Root mean square norm of one row: {@code out = weight ⊙ x / sqrt(mean(x²) + epsilon)}.
     *
     * @param index where the row of {@code weight.length} values begins, in x and in out
     */
    void rmsNorm(float[] x, int index, float[] weight, float epsilon, float[] out);

    /** The same without a weight and in place, over {@code length} values: Llama 4's QK norm. */
    void normalize(float[] x, int index, int length, float epsilon);

    /**
     * Rotates one head [D] in place: each pair (a, b) becomes {@code (a·cos - b·sin, a·sin +
     * b·cos)}.
     *
     * @param rotation [D/2, (cos, sin)] of the position, from {@code rotationIndex} on
     */
    void rotate(
            float[] x,
            int index,
            int headDim,
            RotaryPairs pairs,
            float[] rotation,
            int rotationIndex);

    /**
     * Attention of one position's G query heads over the positions of {@code span}: {@code out =
     * softmax(scale · q·kᵀ) · v}.
     *
     * @param q [G, D] from {@code index} on
     * @param out [G, D] from {@code index} on
     */
    void attend(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] out,
            Scratch scratch);

    /** {@code gate = silu(gate) ⊙ up}, where silu(x) = x / (1 + exp(-x)). */
    void siluMultiply(float[] gate, float[] up, int from, int to);

    /** {@code x += y}. */
    void add(float[] x, float[] y, int from, int to);
}
