package dev.altiplano.compute;

/**
 * The private memory of one worker, made once so that kernels allocate nothing. Owned by one thread
 * at a time; its content means nothing between two calls.
 */
public sealed class Scratch permits MachineScratch, VectorScratch {
    final float[] floats;
    final double[] doubles;
    private float[] tiles = {};
    private float[] parts = {};

    Scratch(int floats, int doubles) {
        this.floats = new float[floats];
        this.doubles = new double[doubles];
    }

    /** At least {@code floats} floats for decoded keys and values; made when first asked for. */
    float[] tiles(int floats) {
        if (tiles.length < floats) {
            tiles = new float[floats];
        }
        return tiles;
    }

    /** At least {@code floats} floats for an {@link AttentionPart} or two. */
    float[] parts(int floats) {
        if (parts.length < floats) {
            parts = new float[floats];
        }
        return parts;
    }
}
