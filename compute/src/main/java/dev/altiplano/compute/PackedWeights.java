package dev.altiplano.compute;

import dev.altiplano.compute.machine.PanelLayout;
import dev.altiplano.compute.machine.Product;
import dev.altiplano.compute.x86.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The weights of a projection in panels, in memory of their own, with the product that reads them.
 * Owned by {@link MachineKernels}, which unmaps them.
 */
record PackedWeights(Product product, MemorySegment panels, long panelBytes) {
    private static final int PANELS_PER_PART = 16;

    /** How many bytes {@link #allocate} takes. */
    static long bytes(Product product, Projection projection) {
        PanelLayout layout = product.layout();
        long panels = Math.ceilDiv(projection.outputs(), layout.rows());
        return panels * layout.panelBytes(projection.inputs());
    }

    /** Room for the weights; see {@link #packing}. */
    static PackedWeights allocate(Product product, Projection projection) {
        long panelBytes = product.layout().panelBytes(projection.inputs());
        long bytes = bytes(product, projection);
        MemorySegment panels =
                Pages.map(bytes)
                        .orElseThrow(
                                () ->
                                        new AltiplanoException(
                                                ("%s: expected %d bytes of memory for the weights, found"
                                                                + " less. Close other programs, or read the weights"
                                                                + " where they lie with --tier vector.")
                                                        .formatted(
                                                                projection.weights().location(),
                                                                bytes)));
        Pages.preferLarge(panels);
        return new PackedWeights(product, panels, panelBytes);
    }

    /** The work of filling the panels, some in each part. */
    Packing packing(Projection projection) {
        int all = Math.ceilDiv(projection.outputs(), product.layout().rows());
        return new Packing(
                Math.ceilDiv(all, PANELS_PER_PART),
                part -> {
                    int first = part * PANELS_PER_PART;
                    pack(projection, first, Math.min(first + PANELS_PER_PART, all));
                });
    }

    /** Rows are copied first: reading a mapped file that has become shorter then throws. */
    private void pack(Projection projection, int fromPanel, int toPanel) {
        Tensor tensor = projection.weights();
        int rows = product.layout().rows();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(tensor.rowBytes() * rows);
            for (int panel = fromPanel; panel < toPanel; panel++) {
                int first = panel * rows;
                int count = Math.min(rows, projection.outputs() - first);
                long from = (projection.firstOutput() + first) * tensor.rowBytes();
                long bytes = count * tensor.rowBytes();
                MemorySegment.copy(tensor.bytes(), from, source, 0, bytes);
                product.pack(source, projection.inputs(), count, panels, panel * panelBytes);
            }
        }
    }
}
