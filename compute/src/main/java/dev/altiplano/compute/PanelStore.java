package dev.altiplano.compute;

import dev.altiplano.compute.x86.FreeMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The packed weights of a tier's kernels, and the memory they may take. Filled by one thread before
 * all products, then read by many. Owned by the kernels, which close it.
 *
 * @param <R> what multiplies with the weights
 */
final class PanelStore<R> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PanelStore.class.getName());

    private final IdentityHashMap<Projection, Optional<PackedWeights<R>>> packed =
            new IdentityHashMap<>();
    private final Arena arena = Arena.ofShared();
    private long packableBytes;
    private boolean warned;

    /** As much as {@code packableBytes} of weights may be packed. */
    PanelStore(long packableBytes) {
        this.packableBytes = packableBytes;
    }

    /** Nine tenths of the memory that is free now; all, where the system does not say. */
    static long packableBytes() {
        return FreeMemory.bytes().orElse(Long.MAX_VALUE) / 10 * 9;
    }

    /**
     * Makes room for {@code projection} in panels of {@code rows} rows, if there is memory. Gives
     * the work of filling them.
     *
     * @param packers makes a packer for one thread
     */
    Packing pack(
            Projection projection,
            R reader,
            int rows,
            long panelBytes,
            Supplier<PackedWeights.Packer> packers) {
        if (packed.containsKey(projection)) {
            return Packing.NONE;
        }
        long bytes = Math.ceilDiv(projection.outputs(), rows) * panelBytes;
        if (bytes > packableBytes) {
            warnOnce();
            return Packing.NONE;
        }
        packableBytes -= bytes;
        PackedWeights<R> weights =
                PackedWeights.allocate(reader, panelBytes, bytes, projection, arena);
        packed.put(projection, Optional.of(weights));
        return weights.packing(projection, rows, packers);
    }

    private void warnOnce() {
        if (!warned) {
            warned = true;
            LOG.log(
                    Level.WARNING,
                    "memory: too little is free for a packed copy of all weights. The rest is decoded"
                            + " at each use, which is slow: take a smaller model, or close other"
                            + " programs.");
        }
    }

    Optional<PackedWeights<R>> find(Projection projection) {
        return packed.getOrDefault(projection, Optional.empty());
    }

    @Override
    public void close() {
        packed.clear();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
