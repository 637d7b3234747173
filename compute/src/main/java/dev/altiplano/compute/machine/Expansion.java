package dev.altiplano.compute.machine;

import static dev.altiplano.compute.machine.MachineFunction.Parameter.LONG;
import static dev.altiplano.compute.machine.MachineFunction.Parameter.SEGMENT;
import static dev.altiplano.compute.machine.MachineFunction.requireBytes;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A product with many tokens, for which the bits of weights are taken apart once, not once for each
 * tile of tokens. Gives the bits that {@link Product#tiles} give. Immutable, safe for many threads.
 */
public final class Expansion {
    private final BlockCode packed;
    private final int packedBlockBytes;
    private final MethodHandle expand;
    private final Tiles tiles;

    Expansion(InstructionSet isa, WeightCode weights) {
        this.packed = new ExpandCode(isa, weights);
        this.packedBlockBytes = packed.panelBlockBytes(isa);
        this.expand =
                MachineFunction.of(code(isa, weights), LONG, LONG, SEGMENT, LONG, LONG, LONG, LONG);
        this.tiles = new Tiles(isa, new QuantBlockCode(new ExpandedWeights(weights)));
    }

    /** The machine code that expands. */
    static byte[] code(InstructionSet isa, WeightCode weights) {
        return ProductCode.emit(isa, new ExpandCode(isa, weights), 1, 1);
    }

    /** Bytes of an expanded panel; at most 1.5 for each of its weights. */
    public long panelBytes(int inputs) {
        return tiles.panelBytes(inputs);
    }

    /**
     * Expands {@code panels} panels, which follow each other from {@code weightsOffset} bytes on.
     *
     * @param expanded outside the heap; panels follow each other from its beginning
     */
    public void expand(
            int panels,
            int inputs,
            MemorySegment weights,
            long weightsOffset,
            MemorySegment expanded) {
        long blocks = inputs / packed.inputs();
        if (blocks == 0) {
            return; // machine loops run at least once
        }
        long packedBytes = blocks * packedBlockBytes;
        requireBytes(weights, weightsOffset, panels * packedBytes);
        requireBytes(expanded, 0, panels * panelBytes(inputs));
        for (int panel = 0; panel < panels; panel++) {
            try {
                expand.invokeExact(
                        weights.address() + weightsOffset + panel * packedBytes,
                        expanded.address() + panel * panelBytes(inputs),
                        MemorySegment.NULL,
                        blocks,
                        1L,
                        0L,
                        0L);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** The product by tiles, with expanded weights. */
    public Tiles tiles() {
        return tiles;
    }
}
