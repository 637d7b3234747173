package dev.altiplano.compute.quant;

import java.lang.foreign.MemorySegment;

/**
 * Turns floats into blocks of one format. The floats must be finite: a block that holds an infinity
 * or a NaN has no scale, and what is written for it is unspecified.
 */
@FunctionalInterface
public interface BlockEncoder {
    /**
     * Encodes {@code weights} floats (whole blocks) of {@code source} from {@code sourceIndex} on
     * into {@code blocks} from {@code offsetBytes} on.
     */
    void encode(
            float[] source, int sourceIndex, MemorySegment blocks, long offsetBytes, int weights);

    /**
     * Encodes the floats of {@code source} from {@code first} on into the one block at {@code at}.
     */
    @FunctionalInterface
    interface OneBlock {
        void encode(float[] source, int first, MemorySegment block, long at);
    }

    /** An encoder that makes block after block, each by itself. */
    static BlockEncoder blockwise(int blockWeights, int blockBytes, OneBlock oneBlock) {
        return (source, sourceIndex, blocks, offsetBytes, weights) -> {
            if (weights < 0 || weights % blockWeights != 0) {
                throw new IllegalArgumentException(
                        "expected whole blocks of %d weights, found %d weights"
                                .formatted(blockWeights, weights));
            }
            for (int block = 0; block < weights / blockWeights; block++) {
                oneBlock.encode(
                        source,
                        sourceIndex + block * blockWeights,
                        blocks,
                        offsetBytes + (long) block * blockBytes);
            }
        };
    }
}
