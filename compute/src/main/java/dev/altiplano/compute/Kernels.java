package dev.altiplano.compute;

import dev.altiplano.compute.machine.InstructionSet;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What a model computes with. Every tier gives the same numbers up to rounding, and one tier gives
 * the same bits always: an element of a result depends on its own row and its own weights, never on
 * what else is in the batch, nor on how the work is split.
 *
 * <p>A product takes three steps: {@link #pack} the weights, once; {@link #convert} the
 * activations, once for all products with them; {@link #multiply}, in parts. Tiers that need no
 * such preparation do nothing in the first two.
 *
 * <p>Letters: T tokens, I inputs, O outputs, D values of a head, G query heads that share a KV
 * head. Arrays are row-major. Kernels have no state: safe for many threads, each with a {@link
 * Scratch} of its own. Indices are checked by whoever prepares a batch, not here.
 */
public interface Kernels extends AutoCloseable {
    /** As {@link #of(KernelTier, Activations)} with the fast activations. */
    static Kernels of(KernelTier tier) {
        return of(tier, Activations.INT8);
    }

    /**
     * The kernels of {@code tier}. Throws {@link AltiplanoException} if this process lacks them.
     */
    static Kernels of(KernelTier tier, Activations activations) {
        Optional<String> obstacle = tier.whyUnavailable();
        if (obstacle.isPresent()) {
            throw new AltiplanoException("kernel tier '%s': %s".formatted(tier, obstacle.get()));
        }
        return switch (tier) {
            case SCALAR -> new ScalarKernels();
            case VECTOR -> new VectorKernels(activations);
            case AVX2 -> new MachineKernels(tier, InstructionSet.AVX2, activations);
            case AVX512 -> new MachineKernels(tier, InstructionSet.AVX512, activations);
        };
    }

    /** The fastest kernels that this process can run. */
    static Kernels best() {
        return of(KernelTier.best());
    }

    KernelTier tier();

    /** Memory for one worker; no projection may have more than {@code inputsMax} inputs. */
    Scratch newScratch(int inputsMax);

    /** Memory for the activations of products, of at most these sizes. */
    default Inputs newInputs(int tokensMax, int inputsMax) {
        return new Inputs(tokensMax, inputsMax, MemorySegment.NULL, MemorySegment.NULL);
    }

    /**
     * Readies {@code projection} for {@link #multiply}: a tier may lay the weights out anew. Gives
     * the work that is left, to be run in parts. Call it once for each projection, before all
     * products.
     */
    default Packing pack(Projection projection) {
        return Packing.NONE;
    }

    /** Outputs of a projection are best handed out in multiples of this: in whole tiles. */
    default int outputsStep() {
        return 16;
    }

    /** The form that products with {@code projection} take their activations in. */
    default Inputs.Form inputForm(Projection projection) {
        return Inputs.Form.ARRAY;
    }

    /**
     * Makes {@code form} of the rows {@code fromToken} (inclusive) to {@code toToken} (exclusive).
     */
    default void convert(Inputs x, Inputs.Form form, int fromToken, int toToken, Scratch scratch) {}

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
            Inputs x,
            float[] out,
            Scratch scratch);

    /**
     * Root mean square norm of one row: {@code out = weight ⊙ x / sqrt(mean(x²) + epsilon)}.
     *
     * @param index where the row of {@code weight.length} values begins, in x and in out
     */
    void rmsNorm(float[] x, int index, float[] weight, float epsilon, float[] out, Scratch scratch);

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
     * Attention of one position's G query heads over all positions of {@code span}: {@code out =
     * softmax(scale · q·kᵀ) · v}. The ranges of the span are computed and merged one after the
     * other; {@link #attendRange} elsewhere and {@link AttentionPart#merge} in the order of ranges
     * give the same bits.
     *
     * @param q [G, D] from {@code index} on
     * @param out [G, D] from {@code index} on; may be q
     */
    default void attend(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] out,
            Scratch scratch) {
        int headDim = span.layout.headDim();
        int partFloats = AttentionPart.floats(queryHeads, headDim);
        float[] parts = scratch.parts(2 * partFloats);
        span.seeRange(0);
        attendRange(q, index, queryHeads, scale, span, parts, 0, scratch);
        for (int range = 1; range < span.ranges(); range++) {
            span.seeRange(range);
            attendRange(q, index, queryHeads, scale, span, parts, partFloats, scratch);
            AttentionPart.merge(parts, 0, partFloats, queryHeads, headDim);
        }
        System.arraycopy(parts, 0, out, index, queryHeads * headDim);
    }

    /**
     * Attention over the one range of {@code span} that {@link KvSpan#seeRange} chose.
     *
     * @param q [G, D] from {@code index} on
     * @param parts gets an {@link AttentionPart} from {@code partIndex} on; not q
     */
    void attendRange(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] parts,
            int partIndex,
            Scratch scratch);

    /** {@code gate = silu(gate) ⊙ up}, where silu(x) = x / (1 + exp(-x)). */
    void siluMultiply(float[] gate, float[] up, int from, int to, Scratch scratch);

    /** {@code x += y}. */
    void add(float[] x, float[] y, int from, int to);

    /** Frees what {@link #pack} made; nothing may compute any more. */
    @Override
    default void close() {}
}
