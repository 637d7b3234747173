package dev.altiplano.compute;

import dev.altiplano.compute.machine.ActivationLayout;
import dev.altiplano.compute.machine.Attention;
import dev.altiplano.compute.machine.InstructionSet;
import dev.altiplano.compute.machine.Product;
import dev.altiplano.compute.machine.RowFunctions;
import dev.altiplano.compute.quant.KvTile;
import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kernels in machine code. Weights of the common formats are laid out in panels at the start, and
 * their activations quantised; weights of other formats, or of all quantised ones where f32
 * activations are wanted, are decoded panel by panel and multiplied as f32. What takes no time, and
 * rows of odd length, are left to the scalar tier.
 */
final class MachineKernels implements Kernels {
    /** So many activations stay in the second-level cache while weights stream by. */
    private static final int TOKENS_AT_ONCE = 64;

    /** Attention of heads of one shape; empty where the scalar tier has to do it. */
    private record KnownAttention(int heads, KvTile tile, Optional<Attention> attention) {}

    private final KernelTier tier;
    private final InstructionSet isa;
    private final Activations activations;
    private final ScalarKernels scalar = new ScalarKernels();
    private final RowFunctions rows = new RowFunctions();
    private final Product floats;
    private final Map<TensorFormat, Optional<Product>> products = new EnumMap<>(TensorFormat.class);
    private final PanelStore<Product> packed;
    private volatile List<KnownAttention> attentions = List.of();

    MachineKernels(KernelTier tier, InstructionSet isa, Activations activations) {
        this(tier, isa, activations, PanelStore.packableBytes());
    }

    /** As much as {@code packableBytes} of weights may be packed. */
    MachineKernels(
            KernelTier tier, InstructionSet isa, Activations activations, long packableBytes) {
        this.tier = tier;
        this.activations = activations;
        this.isa = isa;
        this.packed = new PanelStore<>(packableBytes);
        this.floats = product(TensorFormat.F32).orElseThrow();
    }

    private Optional<Product> product(TensorFormat format) {
        return products.computeIfAbsent(format, absent -> Product.of(isa, absent));
    }

    @Override
    public KernelTier tier() {
        return tier;
    }

    @Override
    public Scratch newScratch(int inputsMax) {
        return new MachineScratch(inputsMax, isa.lanes(), floats);
    }

    @Override
    public Inputs newInputs(int tokensMax, int inputsMax) {
        Arena arena = Arena.ofAuto();
        long quants =
                (inputsMax / ActivationLayout.BLOCK_INPUTS + 1L) * ActivationLayout.BLOCK_BYTES;
        return new Inputs(
                tokensMax,
                inputsMax,
                arena.allocate((long) tokensMax * inputsMax * Float.BYTES, 64),
                arena.allocate(tokensMax * quants, 64));
    }

    @Override
    public Packing pack(Projection projection) {
        if (projection.layout() != Projection.Layout.OUTPUT_MAJOR) {
            return Packing.NONE;
        }
        return product(projection.weights().format())
                .filter(known -> known.supports(projection.inputs()))
                .filter(this::takesWantedActivations)
                .map(known -> pack(projection, known))
                .orElse(Packing.NONE);
    }

    private Packing pack(Projection projection, Product product) {
        int inputs = projection.inputs();
        return packed.pack(
                projection,
                product,
                product.layout().rows(),
                product.layout().panelBytes(inputs),
                () -> (rows, count, panels, at) -> product.pack(rows, inputs, count, panels, at));
    }

    private boolean takesWantedActivations(Product product) {
        return activations == Activations.INT8 || !product.takesQuants();
    }

    @Override
    public Inputs.Form inputForm(Projection projection) {
        Optional<PackedWeights<Product>> weights = packed.find(projection);
        if (weights.isPresent() && weights.get().reader().takesQuants()) {
            return Inputs.Form.QUANTS;
        }
        return floats.supports(projection.inputs()) ? Inputs.Form.FLOATS : Inputs.Form.ARRAY;
    }

    @Override
    public void convert(Inputs x, Inputs.Form form, int fromToken, int toToken, Scratch scratch) {
        switch (form) {
            case ARRAY -> {}
            case FLOATS ->
                    MemorySegment.copy(
                            x.values,
                            fromToken * x.width,
                            x.floats,
                            ValueLayout.JAVA_FLOAT,
                            (long) fromToken * x.width * Float.BYTES,
                            (toToken - fromToken) * x.width);
            case QUANTS ->
                    rows.quantize(
                            segment(scratch, x.values),
                            (long) fromToken * x.width,
                            toToken - fromToken,
                            x.width,
                            x.quants,
                            fromToken * ActivationLayout.rowBytes(x.width));
        }
    }

    private static MemorySegment segment(Scratch scratch, float[] array) {
        return machine(scratch).segments.of(array);
    }

    private static MachineScratch machine(Scratch scratch) {
        return (MachineScratch) scratch;
    }

    @Override
    public void multiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            Inputs x,
            float[] out,
            Scratch scratch) {
        Optional<PackedWeights<Product>> weights = packed.find(projection);
        if (weights.isPresent()) {
            multiplyPacked(
                    projection, weights.get(), fromOutput, toOutput, x, out, machine(scratch));
        } else if (floats.supports(projection.inputs())) {
            decodeAndMultiply(projection, fromOutput, toOutput, x, out, machine(scratch));
        } else {
            scalar.multiply(projection, fromOutput, toOutput, x, out, scratch);
        }
    }

    private void multiplyPacked(
            Projection projection,
            PackedWeights<Product> weights,
            int fromOutput,
            int toOutput,
            Inputs x,
            float[] out,
            MachineScratch scratch) {
        int lanes = isa.lanes();
        PanelRun run = scratch.run;
        run.outputs(projection.outputs(), fromOutput, toOutput, out);
        for (int token = 0; token < x.tokens; token += TOKENS_AT_ONCE) {
            int tokens = Math.min(TOKENS_AT_ONCE, x.tokens - token);
            for (int panel = fromOutput / lanes; panel * lanes < toOutput; ) {
                int panels = (panel + 2) * lanes <= toOutput ? 2 : 1;
                run.weights(
                        weights.reader(), weights.panels(), panel * weights.panelBytes(), panels);
                run.multiply(x, token, tokens, panel * lanes);
                panel += panels;
            }
        }
    }

    /** Weights that were not packed: each panel is decoded, then used for all tokens. */
    private void decodeAndMultiply(
            Projection projection,
            int fromOutput,
            int toOutput,
            Inputs x,
            float[] out,
            MachineScratch scratch) {
        int lanes = isa.lanes();
        PanelRun run = scratch.run;
        run.outputs(projection.outputs(), fromOutput, toOutput, out);
        for (int first = fromOutput / lanes * lanes; first < toOutput; first += lanes) {
            decodePanel(projection, first, scratch);
            run.weights(floats, scratch.panel, 0, 1);
            run.multiply(x, 0, x.tokens, first);
        }
    }

    private void decodePanel(Projection projection, int first, MachineScratch scratch) {
        int lanes = isa.lanes();
        for (int lane = 0; lane < Math.min(lanes, projection.outputs() - first); lane++) {
            projection.decodeOutput(first + lane, scratch.floats);
            for (int i = 0; i < projection.inputs(); i++) {
                scratch.panel.setAtIndex(
                        ValueLayout.JAVA_FLOAT, (long) i * lanes + lane, scratch.floats[i]);
            }
        }
    }

    @Override
    public void rmsNorm(
            float[] x, int index, float[] weight, float epsilon, float[] out, Scratch scratch) {
        int length = weight.length;
        if (length % RowFunctions.STEP != 0) {
            scalar.rmsNorm(x, index, weight, epsilon, out, scratch);
            return;
        }
        MachineScratch own = machine(scratch);
        rows.squares(segment(scratch, x), index, length, own.tile);
        float sum = 0;
        for (int i = 0; i < RowFunctions.STEP; i++) {
            sum += own.tile.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
        float factor = (float) (1 / Math.sqrt(sum / length + epsilon));
        rows.scale(
                segment(scratch, x),
                index,
                segment(scratch, weight),
                segment(scratch, out),
                length,
                factor);
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
        Optional<Attention> attention = attention(queryHeads, span.layout.tile());
        if (attention.isEmpty()) {
            scalar.attendRange(q, index, queryHeads, scale, span, parts, partIndex, scratch);
            return;
        }
        span.requireBlocks();
        attention
                .get()
                .attend(
                        segment(scratch, q),
                        index,
                        segment(scratch, parts),
                        partIndex,
                        span.addresses,
                        span.layout.tileOffset(span.layer, span.kvHead),
                        span.fromPosition,
                        span.toPosition,
                        scale,
                        machine(scratch).attention(attention.get().stateBytes()));
    }

    /** A model has one shape of heads or two, so that a short list serves. */
    private Optional<Attention> attention(int heads, KvTile tile) {
        List<KnownAttention> known = attentions;
        for (int i = 0; i < known.size(); i++) { // without an iterator, which would be an object
            if (known.get(i).heads() == heads && known.get(i).tile().equals(tile)) {
                return known.get(i).attention();
            }
        }
        return makeAttention(known, heads, tile);
    }

    /** {@code known} lacks it; but another worker may have been first. */
    private synchronized Optional<Attention> makeAttention(
            List<KnownAttention> known, int heads, KvTile tile) {
        if (attentions.size() > known.size()) {
            return attention(heads, tile);
        }
        List<KnownAttention> more = new ArrayList<>(known);
        more.add(new KnownAttention(heads, tile, Attention.of(isa, heads, tile)));
        attentions = List.copyOf(more);
        return more.getLast().attention();
    }

    @Override
    public void siluMultiply(float[] gate, float[] up, int from, int to, Scratch scratch) {
        int step = RowFunctions.STEP;
        int end = from + (to - from) / step * step;
        if (end > from) {
            rows.siluMultiply(segment(scratch, gate), segment(scratch, up), from, end - from);
        }
        if (to > end) { // by the same code, so that a value has the same bits wherever it stands
            MemorySegment gateRest = machine(scratch).tile.asSlice(0, (long) step * Float.BYTES);
            MemorySegment upRest = machine(scratch).tile.asSlice((long) step * Float.BYTES);
            MemorySegment.copy(gate, end, gateRest, ValueLayout.JAVA_FLOAT, 0, to - end);
            MemorySegment.copy(up, end, upRest, ValueLayout.JAVA_FLOAT, 0, to - end);
            rows.siluMultiply(gateRest, upRest, 0, step);
            MemorySegment.copy(gateRest, ValueLayout.JAVA_FLOAT, 0, gate, end, to - end);
        }
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
