package dev.altiplano.compute;

/**
 * The private memory of one worker, made once so that kernels allocate nothing. Owned by one thread
 * at a time; its content means nothing between two calls.
 */
public sealed class Scratch permits MachineScratch {
    final float[] floats;
    final double[] doubles;

    Scratch(int floats, int doubles) {
        this.floats = new float[floats];
        this.doubles = new double[doubles];
    }
}
