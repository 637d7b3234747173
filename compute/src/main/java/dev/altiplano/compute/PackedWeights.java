package dev.altiplano.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The weights of a projection in panels, in memory of their own.
 *
 * @param reader what multiplies with them
 */
record PackedWeights<R>(R reader, MemorySegment panels, long panelBytes) {
    private static final int ROWS_PER_PART = 256;
    private static final int ALIGNMENT_BYTES = 64;

    /** Lays rows out in one panel. */
    @FunctionalInterface
    interface Packer {
        /**
         * Packs the first rows of a panel; the others become zeros.
         *
         * @param rows {@code count} whole rows without gaps, outside the heap
         * @param at where the panel begins in {@code panels}; zero before
         */
        void pack(MemorySegment rows, int count, MemorySegment panels, long at);
    }

    /** Room for the weights that lives as long as {@code arena}; see {@link #packing}. */
    static <R> PackedWeights<R> allocate(
            R reader, long panelBytes, long bytes, Projection projection, Arena arena) {
        MemorySegment panels =
                memory(bytes, arena)
                        .orElseThrow(
                                () ->
                                        new AltiplanoException(
                                                ("%s: expected %d bytes of memory for the weights, found"
                                                                + " less. Close other programs, or read the weights"
                                                                + " where they lie with --tier vector --activations"
                                                                + " f32.")
                                                        .formatted(
                                                                projection.weights().location(),
                                                                bytes)));
        return new PackedWeights<>(reader, panels, panelBytes);
    }

    private static Optional<MemorySegment> memory(long bytes, Arena arena) {
        try {
            return LargePages.allocate(bytes, arena)
                    .or(() -> Optional.of(arena.allocate(bytes, ALIGNMENT_BYTES)));
        } catch (OutOfMemoryError none) {
            return Optional.empty();
        }
    }

    /** The work of filling the panels of {@code rows} rows, some in each part. */
    Packing packing(Projection projection, int rows, Supplier<Packer> packers) {
        int all = Math.ceilDiv(projection.outputs(), rows);
        int panels = ROWS_PER_PART / rows;
        return new Packing(
                Math.ceilDiv(all, panels),
                part -> {
                    int first = part * panels;
                    int end = Math.min(first + panels, all);
                    pack(projection, rows, packers.get(), first, end);
                });
    }

    /** Rows are copied first: reading a mapped file that has become shorter then throws. */
    private void pack(Projection projection, int rows, Packer packer, int fromPanel, int toPanel) {
        Tensor tensor = projection.weights();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(tensor.rowBytes() * rows);
            for (int panel = fromPanel; panel < toPanel; panel++) {
                int first = panel * rows;
                int count = Math.min(rows, projection.outputs() - first);
                long from = (projection.firstOutput() + first) * tensor.rowBytes();
                long bytes = count * tensor.rowBytes();
                MemorySegment.copy(tensor.bytes(), from, source, 0, bytes);
                packer.pack(source, count, panels, panel * panelBytes);
            }
        }
    }
}
