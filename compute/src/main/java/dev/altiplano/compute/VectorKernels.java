package dev.altiplano.compute;

import static dev.altiplano.compute.VectorLanes.FLOATS;
import static dev.altiplano.compute.VectorLanes.LANES;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * Kernels on the Vector API: portable, for any width of vector. Weights of 4 to 8 bits are laid out
 * in panels at the start and multiplied with activations in 8 bits, F16 and BF16 with those in f32,
 * in {@link VectorPanelProducts}; all others, or all where f32 activations are wanted, are read
 * where they lie, in {@link VectorProducts}. Attention is in {@link VectorAttention}; what takes no
 * time stays scalar.
 */
final class VectorKernels implements Kernels {
    private final ScalarKernels scalar = new ScalarKernels();
    private final Activations activations;
    private final PanelStore<VectorPanels> packed;

    VectorKernels(Activations activations) {
        this(activations, PanelStore.packableBytes());
    }

    /** As much as {@code packableBytes} of weights may be packed. */
    VectorKernels(Activations activations, long packableBytes) {
        this.activations = activations;
        this.packed = new PanelStore<>(packableBytes);
    }

    @Override
    public KernelTier tier() {
        return KernelTier.VECTOR;
    }

    @Override
    public Scratch newScratch(int inputsMax) {
        int floats =
                Math.max(
                        VectorProducts.scratchFloats(inputsMax),
                        VectorAttention.scratchFloats(inputsMax));
        return new VectorScratch(floats);
    }

    @Override
    public Inputs newInputs(int tokensMax, int inputsMax) {
        return activations == Activations.F32
                ? Kernels.super.newInputs(tokensMax, inputsMax)
                : new VectorInputs(tokensMax, inputsMax);
    }

    @Override
    public Packing pack(Projection projection) {
        if (activations == Activations.F32 || !VectorPanels.take(projection)) {
            return Packing.NONE;
        }
        VectorPanels panels = new VectorPanels(projection.weights().format());
        int inputs = projection.inputs();
        return packed.pack(
                projection,
                panels,
                panels.rows(),
                panels.panelBytes(inputs),
                () -> VectorPacker.of(panels, inputs));
    }

    @Override
    public int outputsStep() {
        return VectorPanels.ROWS_MAX;
    }

    @Override
    public Inputs.Form inputForm(Projection projection) {
        Optional<PackedWeights<VectorPanels>> weights = packed.find(projection);
        return weights.isPresent() ? weights.get().reader().inputForm() : Inputs.Form.ARRAY;
    }

    @Override
    public void convert(Inputs x, Inputs.Form form, int fromToken, int toToken, Scratch scratch) {
        for (int token = fromToken; token < toToken; token++) {
            switch (form) {
                case ARRAY -> {}
                case FLOATS -> ((VectorInputs) x).moveToQuads(token);
                case QUANTS ->
                        ((VectorScratch) scratch)
                                .quantizer.quantize(
                                        x.values,
                                        token * x.width,
                                        x.width,
                                        token,
                                        x.tokens,
                                        ((VectorInputs) x).pairs);
            }
        }
    }

    @Override
    public void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            Inputs x,
            float[] out,
            Scratch scratch) {
        Optional<PackedWeights<VectorPanels>> weights = packed.find(projection);
        if (weights.isPresent()) {
            ((VectorScratch) scratch)
                    .products.multiply(
                            projection, weights.get(), fromOutput, toOutput, (VectorInputs) x, out);
        } else {
            VectorProducts.multiply(
                    projection, fromOutput, toOutput, x.values, x.tokens, out, scratch.floats);
        }
    }

    @Override
    public void rmsNorm(
            float[] x, int index, float[] weight, float epsilon, float[] out, Scratch scratch) {
        int length = weight.length;
        FloatVector squares = FloatVector.zero(FLOATS);
        int bound = length - length % LANES;
        for (int i = 0; i < bound; i += LANES) {
            FloatVector values = FloatVector.fromArray(FLOATS, x, index + i);
            squares = values.fma(values, squares);
        }
        float sum = VectorLanes.fold(squares);
        for (int i = bound; i < length; i++) {
            sum = Math.fma(x[index + i], x[index + i], sum);
        }
        float scale = (float) (1 / Math.sqrt(sum / length + epsilon));
        for (int i = 0; i < length; i++) {
            out[index + i] = weight[i] * (x[index + i] * scale);
        }
    }

    @Override
    public void normalize(float[] x, int index, int length, float epsilon) {
        scalar.normalize(x, index, length, epsilon);
    }

    @Override
    public void rotate(
            float[] x,
            int index,
            int headDim,
            RotaryPairs pairs,
            float[] rotation,
            int rotationIndex) {
        scalar.rotate(x, index, headDim, pairs, rotation, rotationIndex);
    }

    @Override
    public void attendRange(
            float[] q,
            int index,
            int queryHeads,
            float scale,
            KvSpan span,
            float[] parts,
            int partIndex,
            Scratch scratch) {
        VectorAttention.attend(q, index, queryHeads, scale, span, parts, partIndex, scratch);
    }

    /**
     * A whole vector or a part of one gives a value the same bits: lanes do not touch each other.
     */
    @Override
    public void siluMultiply(float[] gate, float[] up, int from, int to, Scratch scratch) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, gate, i);
            silu(x).mul(FloatVector.fromArray(FLOATS, up, i)).intoArray(gate, i);
        }
        if (i < to) {
            var rest = FLOATS.indexInRange(i, to);
            FloatVector x = FloatVector.fromArray(FLOATS, gate, i, rest);
            silu(x).mul(FloatVector.fromArray(FLOATS, up, i, rest)).intoArray(gate, i, rest);
        }
    }

    private static FloatVector silu(FloatVector x) {
        return x.div(VectorMath.exp(x.neg()).add(1));
    }

    @Override
    public void add(float[] x, float[] y, int from, int to) {
        scalar.add(x, y, from, to);
    }

    @Override
    public void close() {
        packed.close();
    }
}
