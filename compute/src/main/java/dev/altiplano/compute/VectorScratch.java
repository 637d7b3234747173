package dev.altiplano.compute;

/** What a worker of the vector tier needs besides. */
final class VectorScratch extends Scratch {
    final VectorPanelProducts products = new VectorPanelProducts();
    final VectorQuantizer quantizer = new VectorQuantizer();

    VectorScratch(int floats) {
        super(floats, 0);
    }
}
