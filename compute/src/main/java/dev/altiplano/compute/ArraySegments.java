package dev.altiplano.compute;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Float arrays as memory segments: those of the arrays seen last are kept, so that the few arrays
 * of a model's buffers cost no allocation. Owned by one thread.
 */
final class ArraySegments {
    /** More than the buffers of a model. */
    private static final int KEPT = 32;

    private static final float[] NONE = {};

    private final float[][] arrays = new float[KEPT][];
    private final MemorySegment[] segments = new MemorySegment[KEPT];
    private int next;

    ArraySegments() {
        Arrays.fill(arrays, NONE);
        Arrays.fill(segments, MemorySegment.NULL);
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
    MemorySegment of(float[] array) {
        for (int i = 0; i < KEPT; i++) {
            if (arrays[i] == array) {
                return segments[i];
            }
        }
        arrays[next] = array;
        segments[next] = MemorySegment.ofArray(array);
        MemorySegment segment = segments[next];
        next = (next + 1) % KEPT;
        return segment;
    }
}
