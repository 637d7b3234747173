package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/** Turns blocks of one format into floats: the scalar reference that judges every faster kernel. */
@FunctionalInterface
public interface BlockDecoder {
    /**
     * Decodes {@code weights} weights (whole blocks) from {@code offsetBytes} of {@code blocks}
     * into {@code target} from {@code targetIndex} on.
     */
    void decode(
            MemorySegment blocks, long offsetBytes, float[] target, int targetIndex, int weights);
}
