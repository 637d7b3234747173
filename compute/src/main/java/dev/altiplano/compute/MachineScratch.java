package dev.altiplano.compute;

import dev.altiplano.compute.machine.Product;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a worker of a machine-code tier needs besides: memory outside the heap. */
final class MachineScratch extends Scratch {
    private static final int ALIGNMENT_BYTES = 64;

    final ArraySegments segments = new ArraySegments();

    /** One panel of decoded weights, [inputs, lanes] f32; or expanded ones of a tile. */
    final MemorySegment panel;

    /** Results of a tile of which not all are wanted. */
    final MemorySegment tile;

    final PanelRun run;

    private MemorySegment attention = MemorySegment.NULL;

    MachineScratch(int inputsMax, int lanes, Product any) {
        super(inputsMax, inputsMax);
        // Of expanded weights a tile's panels take at most three bytes for each weight of one.
        panel = allocate((long) inputsMax * lanes * Float.BYTES);
        tile = allocate((long) Product.TILE_PANELS * lanes * Float.BYTES);
        run = new PanelRun(segments, tile, panel, lanes, any);
    }

    /** The state of attention, of at least {@code bytes}. */
    MemorySegment attention(long bytes) {
        if (attention.byteSize() < bytes) {
            attention = allocate(bytes);
        }
        return attention;
    }

    private static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, ALIGNMENT_BYTES);
    }
}
