package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.Parameter.SEGMENT;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Products with weights that lie in one way, in all shapes of tile. Checks every range, since
 * machine code checks nothing. Immutable, safe for many threads.
 */
public final class Tiles {
    private final BlockCode block;
    private final int panelBlockBytes;
    private final int lanes;
    private final MethodHandle[] tiles; // by panels and tokens

    Tiles(InstructionSet isa, BlockCode block) {
        this.block = block;
        this.panelBlockBytes = block.panelBlockBytes(isa);
        this.lanes = isa.lanes();
        this.tiles =
                codes(isa, block).stream()
                        .map(
                                code ->
                                        MachineFunction.of(
                                                code, LONG, LONG, SEGMENT, LONG, LONG, LONG, LONG))
                        .toArray(MethodHandle[]::new);
    }

    /** One and two panels, each by one token and by a whole tile of tokens. */
    static List<byte[]> codes(InstructionSet isa, BlockCode block) {
        List<byte[]> codes = new ArrayList<>();
        for (int panels = 1; panels <= Product.TILE_PANELS; panels++) {
            codes.add(ProductCode.emit(isa, block, panels, 1));
            codes.add(ProductCode.emit(isa, block, panels, Product.TILE_TOKENS));
        }
        return codes;
    }

    /** Bytes of a panel of rows with {@code inputs} weights. */
    long panelBytes(int inputs) {
        return (long) inputs / block.inputs() * panelBlockBytes;
    }

    /** Bytes of a row of activations. */
    public long activationBytes(int inputs) {
        return (long) inputs / block.inputs() * block.activationBytes();
    }

    /**
     * {@code out[t, r] = Σ_i W[r, i] · x[t, i]} for {@code panels} (1 or 2) panels and {@code
     * tileCount} tiles of {@code tokens} (1 or {@link Product#TILE_TOKENS}) rows of activations.
     *
     * @param weights outside the heap; the panels follow each other from {@code weightsOffset}
     *     bytes on
     * @param x outside the heap; the rows follow each other from {@code xOffset} bytes on
     * @param out f32 from {@code outIndex} floats on, {@code outRow} floats from a row to the next
     */
    public void multiply(
            int panels,
            int tokens,
            int tileCount,
            int inputs,
            MemorySegment weights,
            long weightsOffset,
            MemorySegment x,
            long xOffset,
            MemorySegment out,
            long outIndex,
            int outRow) {
        long blocks = inputs / block.inputs();
        long rows = (long) tileCount * tokens;
        if (rows == 0 || blocks == 0) {
            return; // machine loops run at least once
        }
        requireBytes(weights, weightsOffset, panels * panelBytes(inputs));
        requireBytes(x, xOffset, rows * activationBytes(inputs));
        long outFloats = (rows - 1) * outRow + (long) panels * lanes;
        requireBytes(out, outIndex * Float.BYTES, outFloats * Float.BYTES);
        try {
            tile(panels, tokens)
                    .invokeExact(
                            weights.address() + weightsOffset,
                            x.address() + xOffset,
                            out,
                            blocks,
                            (long) tileCount,
                            (long) outRow * Float.BYTES,
                            outIndex * Float.BYTES);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private MethodHandle tile(int panels, int tokens) {
        assert tokens == 1 || tokens == Product.TILE_TOKENS;
        return tiles[(panels - 1) * 2 + (tokens == 1 ? 0 : 1)];
    }
}
