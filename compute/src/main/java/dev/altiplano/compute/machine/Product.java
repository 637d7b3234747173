package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;

import dev.altiplano.compute.quant.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The product of weights of one format with rows of activations, in all shapes of tile. Checks
 * every range, since machine code checks nothing. Immutable, safe for many threads.
 */
public final class Product {
    /** Panels and tokens of the largest tile. */
    public static final int TILE_PANELS = 2;

    public static final int TILE_TOKENS = 4;

    /** Inputs that the float kernels take at once. */
    private static final int FLOAT_BLOCK_INPUTS = 4;

    private final BlockCode block;
    private final PanelLayout layout;
    private final int lanes;
    private final MethodHandle pack;
    private final Tiles tiles;
    private final Optional<Expansion> expansion;

    private Product(InstructionSet isa, BlockCode block, PanelLayout layout) {
        this.block = block;
        this.layout = layout;
        this.lanes = isa.lanes();
        this.pack = MachineFunction.of(layout.packCode(), LONG, LONG, LONG, LONG);
        this.tiles = new Tiles(isa, block);
        this.expansion =
                block instanceof QuantBlockCode(WeightCode weights) && weights.isWorthExpanding()
                        ? Optional.of(new Expansion(isa, weights))
                        : Optional.empty();
    }

    /** The machine code of all tiles for {@code format}. */
    static List<byte[]> codes(InstructionSet isa, TensorFormat format) {
        return Tiles.codes(isa, blockCode(format));
    }

    /**
     * The product for {@code format}; empty if there is none, or if what it computes here is wrong,
     * which is logged.
     */
    public static Optional<Product> of(InstructionSet isa, TensorFormat format) {
        return PanelLayout.of(format, isa.lanes())
                .map(layout -> new Product(isa, blockCode(format), layout))
                .filter(product -> ProductCheck.passes(product, format));
    }

    private static BlockCode blockCode(TensorFormat format) {
        return switch (format) {
            case F32, F16, BF16 -> new FloatBlockCode(format, FLOAT_BLOCK_INPUTS);
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 -> new QuantBlockCode(new SimpleWeights(format));
            case Q4_K, Q5_K -> new QuantBlockCode(new SuperBlockWeights(format));
            case Q6_K -> new QuantBlockCode(new Q6_KWeights());
            default -> throw new IllegalArgumentException("no product for " + format);
        };
    }

    public PanelLayout layout() {
        return layout;
    }

    /** Whether it can multiply weights with {@code inputs} inputs: whole blocks. */
    public boolean supports(int inputs) {
        return inputs > 0 && inputs % block.inputs() == 0;
    }

    /** Inputs come in multiples of this. */
    int inputsStep() {
        return block.inputs();
    }

    /** Whether activations come as {@link ActivationLayout}, not as floats. */
    public boolean takesQuants() {
        return block.hasIntegerSums();
    }

    /** Bytes of a row of activations. */
    public long activationBytes(int inputs) {
        return tiles.activationBytes(inputs);
    }

    /**
     * Lays {@code count} rows out in the panel that begins at {@code panelOffset} bytes.
     *
     * @param source outside the heap; whole rows without gaps. Not a mapped file: machine code that
     *     reads what has vanished ends the process
     * @param panels outside the heap, zero where nothing was packed before
     */
    public void pack(
            MemorySegment source, int inputs, int count, MemorySegment panels, long panelOffset) {
        long panelBytes = layout.panelBytes(inputs);
        long rowBytes = panelBytes / lanes;
        requireBytes(source, 0, count * rowBytes);
        requireBytes(panels, panelOffset, panelBytes);
        if (count < lanes) {
            layout.pack(source, rowBytes, count, panels.asSlice(panelOffset, panelBytes));
            return;
        }
        try {
            pack.invokeExact(
                    source.address(),
                    panels.address() + panelOffset,
                    panelBytes / layout.blockBytes(),
                    rowBytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The product by tiles, with weights as {@link #pack} lays them out. */
    public Tiles tiles() {
        return tiles;
    }

    /** A faster way for many tokens, if there is one. */
    public Optional<Expansion> expansion() {
        return expansion;
    }
}
