package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/** Turns floats into blocks of one format. */
@FunctionalInterface
public interface BlockEncoder {
    /**
     * Encodes {@code weights} floats (whole blocks) of {@code source} from {@code sourceIndex} on
     * into {@code blocks} from {@code offsetBytes} on.
     */
    void encode(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights);
}
